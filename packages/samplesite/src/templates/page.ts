/** What a page template is given, and the words around an article in each language. */
import type { SiteArticle } from '../article-file.ts';
import type { Publication } from '../publications.ts';

/** All a template needs to write one article's page. */
export type ArticlePage = {
  publication: Publication;
  /** Scheme, host and port the publication is served under, without a slash at its end. */
  origin: string;
  article: SiteArticle;
  /** Other articles of the publication, newest first. */
  related: SiteArticle[];
};

/** A template writes a whole HTML page. */
export type Template = (page: ArticlePage) => string;

type Words = {
  related: string;
  share: string;
  comments: string;
  send: string;
  cookies: string;
  accept: string;
  search: string;
  contact: string;
  sampleComments: { name: string; text: string; when: string }[];
};

/** Words of the furniture around an article. */
export const WORDS: Record<'vi' | 'fr' | 'en', Words> = {
  vi: {
    related: 'Tin liên quan',
    share: 'Chia sẻ',
    comments: 'Ý kiến bạn đọc',
    send: 'Gửi bình luận',
    cookies: 'Trang web này dùng cookie để ghi nhớ lựa chọn của bạn và đo lượng truy cập.',
    accept: 'Đồng ý',
    search: 'Tìm kiếm',
    contact: 'Giấy phép mẫu số 00/GP. Tòa soạn: 1 đường Mẫu, Đà Nẵng. Điện thoại: 0236 000 0000.',
    sampleComments: [
      {
        name: 'Minh Tuấn',
        text: 'Bài viết rất bổ ích, mong tòa soạn tiếp tục theo dõi vụ việc này.',
        when: '2 giờ trước',
      },
      { name: 'Hoa Sen', text: 'Cảm ơn phóng viên đã lên tiếng giúp người dân chúng tôi!', when: '5 giờ trước' },
    ],
  },
  fr: {
    related: 'À lire aussi',
    share: 'Partager',
    comments: 'Réactions des lecteurs',
    send: 'Envoyer un commentaire',
    cookies: 'Ce site utilise des cookies pour mesurer sa fréquentation et retenir vos préférences.',
    accept: 'Tout accepter',
    search: 'Rechercher',
    contact: 'Le Fil du Mékong, publication d’exemple. Rédaction : 1, rue du Modèle, Hanoï.',
    sampleComments: [
      { name: 'Jean-Luc', text: 'Merci pour cet article, très clair et bien documenté.', when: 'il y a 3 heures' },
      { name: 'Mai Anh', text: 'Il faudrait aussi parler de ce qui se passe dans le Sud.', when: 'hier' },
    ],
  },
  en: {
    related: 'More from Lotus',
    share: 'Share this story',
    comments: 'Comments',
    send: 'Post a comment',
    cookies: 'We use cookies to measure visits and to remember your choices.',
    accept: 'Accept all',
    search: 'Search',
    contact: 'Lotus News Agency is a sample publication. Write to desk@lotus.example.',
    sampleComments: [
      { name: 'R. Osei', text: 'Good reporting. Is there any word on what happens next?', when: '1 hour ago' },
      { name: 'lan_k', text: 'I live nearby and can confirm all of this.', when: '4 hours ago' },
    ],
  },
};
