/** Makes names of persons, places, bodies and companies, and amounts, out of the lists. */
import { type Part, type Pools, pick } from './pools.ts';

export const number = (low: number, high: number, random: () => number): number =>
  low + Math.floor(random() * (high - low + 1));

export function vietnamesePerson(pools: Pools, random: () => number): string {
  // The commonest dozen surnames carry nine people in ten (Nguyễn alone about 38 %).
  const surname =
    random() < 0.3
      ? 'Nguyễn'
      : random() < 0.75
        ? pick((pools.surnames ?? []).slice(0, 24), random)
        : pick(pools.surnames ?? [], random);
  const given = pools.given ?? [];
  const middle =
    random() < 0.35
      ? pick(
          ['Văn', 'Thị', 'Đức', 'Minh', 'Hữu', 'Thanh', 'Quang', 'Ngọc', 'Xuân', 'Thị Thu', 'Thị Thanh', 'Thị Kim'],
          random,
        )
      : pick(given, random);
  const length = random();
  if (length < 0.14) return `${surname} ${pick(given, random)}`;
  if (length < 0.84) return `${surname} ${middle} ${pick(given, random)}`;
  return `${surname} ${middle} ${pick(given, random)} ${pick(given, random)}`;
}

export function coin(pools: Pools, random: () => number): string {
  const first = pick(pools.placeFirst ?? [], random);
  const second = pick(pools.placeSecond ?? [], random);
  const tail =
    random() < 0.08 ? ` ${pick(['A', 'B', 'Đông', 'Tây', 'Nam', 'Bắc', 'Thượng', 'Hạ', '1', '2'], random)}` : '';
  return random() < 0.06 ? `${first}${tail}` : `${first} ${second}${tail}`;
}

export function foreignPerson(pools: Pools, random: () => number): string {
  if (random() < 0.8 && (pools.foreignPersons ?? []).length > 0) return pick(pools.foreignPersons ?? [], random);
  return `${pick(pools.foreignFirst ?? [], random)} ${pick(pools.foreignLast ?? [], random)}`;
}

export const last = (name: string): string => name.split(' ').at(-1) ?? name;

/** Bodies of a province, district, commune: how they are written. */
export function localBody(
  heads: readonly string[],
  level: 'province' | 'district' | 'commune',
  pools: Pools,
  random: () => number,
): string {
  const head = pick(heads, random);
  const city = random() < 0.3;
  if (level === 'province') {
    const name = city ? pick(pools.bigCities ?? [], random) : pick(pools.provinces ?? [], random);
    const unit = city ? pick(['TP', 'TP.', 'thành phố', ''], random) : pick(['tỉnh', 'tỉnh', ''], random);
    if (city && random() < 0.25)
      return `${head} ${pick(['TP.HCM', 'TPHCM', 'TP HCM', 'TP Hồ Chí Minh', 'Hà Nội', 'TP Hà Nội'], random)}`;
    return [head, unit, name].filter((part) => part !== '').join(unit === 'TP.' ? ' ' : ' ');
  }
  const unit =
    level === 'district'
      ? pick(['huyện', 'quận', 'thị xã', 'TP', 'thành phố', 'huyện'], random)
      : pick(['xã', 'phường', 'thị trấn', 'xã'], random);
  const name =
    level === 'district'
      ? random() < 0.6
        ? pick(pools.districts ?? [], random)
        : coin(pools, random)
      : coin(pools, random);
  return `${head} ${unit} ${unit === 'quận' && random() < 0.3 ? number(1, 12, random) : name}`;
}

export function company(pools: Pools, random: () => number): string {
  return random() < 0.5
    ? `${pick(pools.companyFirst ?? [], random)} ${pick(pools.companySecond ?? [], random)}`
    : pick(pools.companies ?? [], random);
}

export function money(random: () => number): string {
  const amount = number(1, 900, random);
  return pick(
    [
      `${amount} triệu đồng`,
      `${amount} tỷ đồng`,
      `${amount},${number(1, 9, random)} tỉ đồng`,
      `${amount} triệu USD`,
      `${amount}.000 đồng`,
      `hơn ${amount} tỷ đồng`,
    ],
    random,
  );
}

export type Maker = (pools: Pools, random: () => number) => string | Part[];
export const entity =
  (type: string, make: (pools: Pools, random: () => number) => string): Maker =>
  (pools, random) => [{ text: make(pools, random), type }];
export const from = (pool: string) => (pools: Pools, random: () => number) => pick(pools[pool] ?? [], random);

export const plain =
  (pool: string): Maker =>
  (pools, random) =>
    pick(pools[pool] ?? [], random);
