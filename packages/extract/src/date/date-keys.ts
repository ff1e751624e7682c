/** The names under which metas and page states give dates. */

const PUBLISHED_METAS =
  'article:published_time og:article:published_time article:published datepublished publishdate publish_date publish-date publication_date publicationdate pubdate date dc.date dc.date.issued dc.date.created dcterms.date dcterms.created dcterms.issued dcterms.available created article:created originalpublicationdate parsely-pub-date sailthru.date article_date_original article.published displaydate cxenseparse:recs:publishtime cxenseparse:publishtime citation_publication_date citation_date citation_online_date bt:pubdate rnews:datepublished og:published_time og:pubdate pub_date published published_at publishedat published-date publisheddate published_time_telegram dateposted timestamp article.created shareaholic:article_published_time vr:published_time iso-8601-publish-date pdate doc_date gentime issue_date newsdate weibo:article:create_at article:post_date last-published dc.date.published prism.publicationdate eomportal-firstpublisheddate mediator_published_time ptime date_published datecreated analyticsattributes.articledate dc:date dc:created release_date date.release og:release_date'.split(
    ' ',
  );
const MODIFIED_METAS =
  'article:modified_time og:updated_time datemodified lastmodified last-modified last_modified modified article:modified dc.modified dcterms.modified dc.date.modified og:modified_time updated_at updated_time revised article.updated lastmod dateupdate parsely-updated shareaholic:article_modified_time eomportal-lastupdate date_modified og:article:modified_time moddate'.split(
    ' ',
  );
/** What the date of a meta says, by the meta's lower-case name. */
export const META_KIND = new Map<string, 'published' | 'modified'>([
  ...PUBLISHED_METAS.map((name) => [name, 'published'] as const),
  ...MODIFIED_METAS.map((name) => [name, 'modified'] as const),
]);

/** Keys of dates in the JSON of page states, with what they say. */
export const STATE_KEYS: readonly [string, 'published' | 'modified'][] = [
  ['"datePublished":"', 'published'],
  ['"publishedAt":"', 'published'],
  ['"published_at":"', 'published'],
  ['"publishDate":"', 'published'],
  ['"publish_date":"', 'published'],
  ['"publicationDate":"', 'published'],
  ['"pubDate":"', 'published'],
  ['"published":"', 'published'],
  ['"firstPublished":"', 'published'],
  ['"dateCreated":"', 'published'],
  ['"dateModified":"', 'modified'],
];

/** Further keys, of which a page's states are full: they are read only where nothing else states a date of publication. */
export const RARE_STATE =
  /"(publishedDate|published_date|publishDateTime|createdDate|created_at|createdAt|creationDate|date_published|publishTime|publish_time|pubdate|displayDate|firstPublishedAt|first_published_at|firstPublishedDate|postDate|post_date|releaseDate|articleDate|article_publication_date)"\s*:\s*"?([^",}]{8,40})/;
