/** Endless Vietnamese news prose, the same for the same seed: text for load tests, not for reading. */

/** A deterministic random source (xorshift, Marsaglia 2003, shifts 13, 17, 5): seed in, numbers from 0 to 1 out. */
export function randomFrom(seed: number): () => number {
  // Never zero, which would stay zero; scattered, and stirred, since neighbouring seeds start with alike numbers.
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let stir = 0; stir < 8; stir += 1) next();
  return next;
}

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý'];
const MIDDLE = ['Văn', 'Thị', 'Hữu', 'Đức', 'Ngọc', 'Minh', 'Thanh', 'Quốc', 'Hồng', 'Xuân', 'Công', 'Thu'];
const GIVEN = [
  'An',
  'Bình',
  'Chi',
  'Dũng',
  'Giang',
  'Hà',
  'Khánh',
  'Linh',
  'Mai',
  'Nam',
  'Oanh',
  'Phúc',
  'Quân',
  'Sơn',
  'Yến',
];
const PLACES = [
  'Hà Nội',
  'Đà Nẵng',
  'Cần Thơ',
  'Hải Phòng',
  'Huế',
  'Quảng Ninh',
  'Lâm Đồng',
  'An Giang',
  'Nghệ An',
  'Cà Mau',
  'Gia Lai',
  'Lạng Sơn',
];
const BODIES = [
  'Bộ Xây dựng',
  'Bộ Y tế',
  'Bộ Công Thương',
  'Sở Tài chính',
  'Sở Nông nghiệp và Môi trường',
  'Trường Đại học Bách khoa',
  'Hội Chữ thập đỏ',
  'Ngân hàng Nhà nước',
  'Tổng cục Thống kê',
  'Hiệp hội Vận tải',
];
const TOPICS = [
  'dự án cải tạo hồ chứa',
  'chương trình trồng rừng',
  'tuyến xe buýt điện',
  'kế hoạch sửa chữa cầu',
  'vụ thu hoạch cà phê',
  'đợt tiêm chủng mở rộng',
  'hội chợ làng nghề',
  'giải chạy việt dã',
  'trung tâm dữ liệu mới',
  'khu tái định cư',
  'mùa cá cơm',
  'lớp học ban đêm',
];
const VERBS = ['hoàn thành', 'tạm dừng', 'mở rộng', 'khảo sát lại', 'bàn giao', 'điều chỉnh', 'khởi động', 'kiểm tra'];
const TAILS = [
  'trước khi mùa mưa bắt đầu',
  'sau nhiều lần lùi thời hạn',
  'với nguồn vốn của địa phương',
  'dù giá vật liệu còn cao',
  'theo đề nghị của người dân',
  'để kịp phục vụ năm học mới',
  'nhờ cách làm đơn giản hơn',
  'trong bối cảnh nhân lực thiếu hụt',
];

/** Writers of one article's worth of text from one random source. */
export function proseFrom(random: () => number) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const number = (): string => String(Math.floor(random() * 9000) + 12);
  const person = (): string => `${pick(FAMILY)} ${pick(MIDDLE)} ${pick(GIVEN)}`;
  const sentence = (): string => {
    switch (Math.floor(random() * 4)) {
      case 0:
        return `${pick(BODIES)} cho biết ${pick(TOPICS)} tại ${pick(PLACES)} sẽ ${pick(VERBS)} ${pick(TAILS)}, với ${number()} hộ dân được hưởng lợi.`;
      case 1:
        return `Theo ${random() < 0.5 ? 'ông' : 'bà'} ${person()}, đại diện ${pick(BODIES)}, có ${number()} trường hợp ở ${pick(PLACES)} cần ${pick(VERBS)} ${pick(TAILS)}.`;
      case 2:
        return `“Chúng tôi đã ${pick(VERBS)} ${pick(TOPICS)} ${pick(TAILS)}, còn ${number()} phần việc nữa là xong”, ${person()} nói.`;
      default:
        return `Tính đến ngày ${1 + Math.floor(random() * 28)}/${1 + Math.floor(random() * 12)}, ${pick(TOPICS)} ở ${pick(PLACES)} đã đạt ${number()} lượt, ${pick(TAILS)}.`;
    }
  };
  return {
    person,
    title: (): string => `${pick(PLACES)}: ${pick(TOPICS)} ${pick(VERBS)} ${pick(TAILS)}`,
    paragraph: (): string => Array.from({ length: 2 + Math.floor(random() * 3) }, sentence).join(' '),
  };
}
