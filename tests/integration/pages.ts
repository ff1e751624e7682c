/** Small hand-written pages on loopback, for what the sample site does not have. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path answers: HTML, an address it moved to, or anything at all. */
export type Answer = string | { to: string } | ((request: IncomingMessage, response: ServerResponse) => void);

/** A host of small pages; `paths` is every path asked for, in order. */
export type Pages = AsyncDisposable & { origin: string; paths: string[] };

/** Serves pages by path; `write` gets the origin, so that a page can name another host. */
export async function servePages(write: (origin: string) => Record<string, Answer>): Promise<Pages> {
  const paths: string[] = [];
  let answers: Record<string, Answer> = {};
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    paths.push(path);
    const answer = answers[path];
    if (typeof answer === 'function') return answer(request, response);
    if (answer === undefined) return void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>');
    if (typeof answer === 'object') return void response.writeHead(302, { location: answer.to }).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answers = write(origin);
  return {
    origin,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const PLACES = ['Huế', 'Đà Nẵng', 'Cần Thơ', 'Hải Phòng', 'Vinh', 'Quy Nhơn', 'Nha Trang', 'Đà Lạt'];

/** A plain article page, its title and town by number. */
export function articlePage(n: number, links: string[] = []): string {
  const place = PLACES[n % PLACES.length];
  const text = [
    `Sáng 1/3, chính quyền thành phố ${place} khai trương tuyến xe buýt điện số ${n}, nối bến xe trung tâm với cảng cá và khu đại học ở phía nam.`,
    `Theo ông Nguyễn Văn Bình, giám đốc sở giao thông vận tải, mỗi ngày tuyến này chạy ${40 + n} chuyến, từ năm giờ sáng đến chín giờ tối, giá vé bảy nghìn đồng.`,
    'Nhiều người dân cho biết họ chờ tuyến xe này đã lâu, vì xe máy đi qua cầu cũ mất gần một giờ vào buổi chiều tan tầm.',
    'Trong quý tới, thành phố sẽ mở thêm hai tuyến nữa và lắp mái che ở các trạm dừng, kinh phí lấy từ nguồn thu phí đỗ xe.',
  ];
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${place} có tuyến xe buýt điện số ${n}</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-01T08:0${n % 10}:00+07:00"></head>
<body><article><h1>${place} có tuyến xe buýt điện số ${n}</h1><time datetime="2026-03-01T08:0${n % 10}:00+07:00">01/03/2026</time>
${text.map((it) => `<p>${it}</p>`).join('\n')}</article>${linkList(links)}</body></html>`;
}

const linkList = (links: string[]): string =>
  `<ul>${links.map((it) => `<li><a href="${it}">${it}</a></li>`).join('')}</ul>`;

/** A section front: nothing but links. */
export const frontPage = (links: string[]): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trang mục</title></head><body>${linkList(links)}</body></html>`;
