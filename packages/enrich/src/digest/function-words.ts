/** Words that hold a sentence together and say nothing of its subject, by language. */

/** In lower case. Vietnamese keeps its diacritics: `tôi` is a function word, `tội` a crime. */
const WORDS: Record<string, string> = {
  vi:
    'và của các những trong cho với là được đã đang sẽ từ tại đến tới theo về do bởi vì nên khi nếu thì mà như rằng này kia đó ' +
    'ấy một hai ba bốn năm nhiều mỗi mọi từng rất cũng còn chỉ vẫn lại ra vào lên xuống đi trên dưới giữa sau trước cùng để bị ' +
    'có không chưa phải cần ông bà anh chị em họ tôi chúng ta mình gì nào đâu ai thế vậy hơn nhất qua rồi hay hoặc nhưng song ' +
    'sự việc người ngày tháng khoảng hiện ở',
  fr:
    'le la les un une des du de d l et ou où mais donc or ni car a à au aux en dans par pour sur sous avec sans vers chez entre ' +
    'que qui quoi dont ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes il elle ils elles on nous vous je ' +
    'tu se s y ne n pas plus moins très est sont était étaient été être avoir ont avait fait faire si comme aussi ainsi après ' +
    'avant depuis pendant selon même tout tous toute toutes autre autres deux trois qu c j m t',
  en:
    'the a an and or but nor so of in on at by for with from to into onto over under after before since during between about as ' +
    'than that this these those which who whom whose what when where why how it its he she they them his her their our your my ' +
    'we you i is are was were be been being has have had do does did will would can could may might must not no yes also more ' +
    'most very said says say one two three new s t',
};

const sets = new Map<string, ReadonlySet<string>>(
  Object.entries(WORDS).map(([lang, words]) => [lang, new Set(words.split(' '))]),
);
const NONE: ReadonlySet<string> = new Set();

/** The function words of a language; none for one without a list. */
export const functionWords = (lang: string | null): ReadonlySet<string> => sets.get(lang ?? '') ?? NONE;
