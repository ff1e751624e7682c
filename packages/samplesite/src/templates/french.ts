/** Templates of the French paper: one with Open Graph metadata, one where all is in visible text. */
import { frenchDay, frenchLongDay, frenchStamp } from '../dates.ts';
import { escapeText as e, lines } from '../html.ts';
import { sectionOf } from '../publications.ts';
import { type ArticlePage, WORDS } from './page.ts';

function foot({ publication, article, related }: ArticlePage): string[] {
  const words = WORDS[article.lang];
  return [
    `<div class="reactions"><h3>${words.comments}</h3>`,
    ...words.sampleComments.map(
      ({ name, text, when }) => `<div class="reaction"><strong>${name}</strong>, ${when}<p>${text}</p></div>`,
    ),
    `<a class="button" href="#repondre">${words.send}</a></div>`,
    `<div class="colonne"><h3>Les plus lus</h3><ol>`,
    ...related.slice(0, 3).map((item) => `<li><a href="${item.path}">${e(item.title)}</a></li>`),
    `</ol></div><div class="pied"><p>${words.contact}</p><p>© 2026 ${e(publication.name)} – Tous droits réservés</p></div>`,
    `<div id="cookies"><p>${words.cookies}</p><a href="#" class="ok">${words.accept}</a></div></body></html>`,
  ];
}

function menu({ publication, article }: ArticlePage): string {
  const items = publication.sections.map((item) => `<a href="${item.path}">${item.name}</a>`);
  const search = `<a href="${publication.forbidden}">${WORDS[article.lang].search}</a>`;
  return `<div class="bandeau"><a class="titre-journal" href="/">${e(publication.name)}</a></div><div class="menu">${[...items, search].join(' ')}</div>`;
}

/** Writes an article with Open Graph and meta tags, and `Publié le 14 avril 2026 à 8h30`. */
export function opengraph(page: ArticlePage): string {
  const { publication, origin, article, related } = page;
  const words = WORDS[article.lang];
  const url = origin + article.path;
  return lines([
    `<!DOCTYPE html>\n<html lang="fr" prefix="og: https://ogp.me/ns#">\n<head><meta charset="utf-8">`,
    `<title>${e(article.title)} | ${e(publication.name)}</title>`,
    `<link rel="canonical" href="${e(url)}">`,
    publication.feed ? `<link rel="alternate" type="application/atom+xml" href="${publication.feed.path}">` : '',
    `<meta property="og:type" content="article"><meta property="og:site_name" content="${e(publication.name)}">`,
    `<meta property="og:title" content="${e(article.title)}">`,
    `<meta property="og:description" content="${e(article.summary)}">`,
    `<meta property="og:url" content="${e(url)}"><meta property="og:image" content="${e(origin + article.image)}">`,
    '<meta property="og:locale" content="fr_FR">',
    `<meta property="article:published_time" content="${article.date}">`,
    `<meta property="article:section" content="${sectionOf(publication, article.section).name}">`,
    ...article.tags.map((tag) => `<meta property="article:tag" content="${e(tag)}">`),
    ...article.authors.map((name) => `<meta name="author" content="${e(name)}">`),
    '<style>.texte p{margin:0 0 1em}</style></head><body class="article">',
    menu(page),
    '<div class="page"><div class="article-tete">',
    `<span class="rubrique">${sectionOf(publication, article.section).name}</span>`,
    `<h1 class="titre">${e(article.title)}</h1><h2 class="chapo">${e(article.summary)}</h2>`,
    `<p class="signature">Par ${article.authors.map((name) => `<span class="auteur">${e(name)}</span>`).join(' et ')}</p>`,
    `<p class="date">${frenchStamp(article.date)}</p></div>`,
    `<div class="partage">${words.share} : <a href="https://www.facebook.com/sharer.php?u=${encodeURIComponent(url)}">Facebook</a> <a href="mailto:?body=${encodeURIComponent(url)}">Courriel</a>${article.wire ? ` <a href="/imprimer${article.path}">Imprimer</a>` : ''}</div>`,
    `<div class="illustration"><img src="${article.image}" alt=""><div class="legende">${e(article.caption)}</div></div>`,
    '<div class="texte">',
    ...article.paragraphs.slice(0, 3).map((text) => `<p>${e(text)}</p>`),
    related[1]
      ? `<div class="lire-aussi"><b>Lire aussi :</b> <a href="${related[1].path}">${e(related[1].title)}</a></div>`
      : '',
    ...article.paragraphs.slice(3).map((text) => `<p>${e(text)}</p>`),
    `</div><p class="mots-cles">Mots-clés : ${article.tags.map((tag) => `<span>${e(tag)}</span>`).join(', ')}</p>`,
    `<div class="memes-sujets"><h3>${words.related}</h3><ul>`,
    ...related.map((item) => `<li><a href="${item.path}">${e(item.title)}</a> – ${frenchDay(item.date)}</li>`),
    '</ul></div></div>',
    ...foot(page),
  ]);
}

/** Writes an article with no metadata beyond its title: byline and date are text like any other. */
export function plain(page: ArticlePage): string {
  const { publication, article, related } = page;
  return lines([
    '<!DOCTYPE html>\n<html><head><meta charset="utf-8">',
    `<title>${e(publication.name)} - ${e(article.title)}</title></head><body>`,
    menu(page),
    `<div id="bloc-principal"><div class="fil"><a href="/">Accueil</a> &gt; <a href="${sectionOf(publication, article.section).path}">${sectionOf(publication, article.section).name}</a></div>`,
    `<h1>${e(article.title)}</h1>`,
    `<div class="infos">${frenchStamp(article.date)} | Par ${e(article.authors.join(' et '))}</div>`,
    `<div class="intro"><em>${e(article.summary)}</em></div>`,
    ...article.paragraphs.slice(0, 2).map((text) => `<div class="para">${e(text)}</div>`),
    `<div class="photo"><img src="${article.image}"><br><small>${e(article.caption)}</small></div>`,
    ...article.paragraphs.slice(2).map((text) => `<div class="para">${e(text)}</div>`),
    `<div class="voir"><div class="voir-titre">${WORDS.fr.related}</div>`,
    ...related.map(
      (item) =>
        `<div><a href="${item.path}">${e(item.title)}</a> <span class="quand">${frenchLongDay(item.date)}</span></div>`,
    ),
    '</div></div>',
    ...foot(page),
  ]);
}

/** The print variant: the bare text with a canonical link to the page it comes from. */
export function printable({ publication, origin, article }: ArticlePage): string {
  return lines([
    `<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>${e(article.title)}</title>`,
    `<link rel="canonical" href="${e(origin + article.path)}"><meta name="robots" content="noindex"></head>`,
    `<body onload="print()"><p>${e(publication.name)}</p><h1>${e(article.title)}</h1>`,
    `<p>${frenchStamp(article.date)}, par ${e(article.authors.join(' et '))}</p>`,
    ...article.paragraphs.map((text) => `<p>${e(text)}</p>`),
    '</body></html>',
  ]);
}
