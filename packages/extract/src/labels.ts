/** Wording that marks page furniture in many languages: credits, pointers to other articles, bylines, share and sign-up lines. */

/** Words that open a photo credit, as in `(Ảnh: TTXVN)`, `Photo : AFP`, `Foto: dpa`. */
const CREDIT_WORD =
  'ảnh|nguồn ảnh|photo(?:s|graph|graphie)?|picture|image|images|foto|fotos|fotó|fotografía|fotografia|bild|bilder|imagen|imagem|zdjęcie|fot\\.|фото|صورة|صور|写真|照片|图片|사진|kuva|billede|credit|crédits?|quelle|source|©';

/** A credit in brackets: `(Ảnh do đoàn cung cấp)`. */
export const BRACKETED_CREDIT = new RegExp(`[(\\[]\\s*(?:${CREDIT_WORD})(?![\\p{L}])[^()\\[\\]]{0,100}[)\\]]`, 'iu');
/** A line that is nothing but a credit. */
export const CREDIT_LINE = new RegExp(
  `^\\s*[(\\[]?\\s*(?:${CREDIT_WORD})(?![\\p{L}])\\s*[:：/|©-]\\s*[^.]{1,90}[)\\]]?\\.?\\s*\\|?\\s*$`,
  'iu',
);
/** A line that ends in a credit, as captions do. */
export const CREDIT_AT_END = new RegExp(
  `(?:[(\\[]\\s*(?:${CREDIT_WORD})(?![\\p{L}])[^()\\[\\]]{0,100}[)\\]]|(?:^|[.\\s])(?:${CREDIT_WORD})\\s?:\\s?[^.:]{2,60})\\s*\\.?\\s*\\|?\\s*$`,
  'iu',
);
/** A line that points to another article. */
export const RELATED_LINE =
  /^\s*(?:>{1,3}|»|→|►|▶|●\s*>>|(?:xem thêm|đọc thêm|tin liên quan|bài liên quan|tham khảo thêm|lire aussi|à lire aussi|à lire également|voir aussi|sur le même sujet|read more|read also|see also|also read|more on this|related|you may also like|recommended|don['’]t miss|lesen sie auch|lesen sie mehr|mehr zum thema|das könnte sie|auch interessant|siehe auch|weiterlesen|leer más|lea también|te puede interesar|leia também|leia mais|veja também|leggi anche|lees ook|lees meer|czytaj też|czytaj także|zobacz też|zobacz także|читайте также|читайте також|смотрите также|baca juga|ayrıca|ilgili haber|läs också|läs mer|les også|læs også|lue myös|čtěte také|διαβάστε επίσης|اقرأ أيضا|관련기사)(?!\p{L})|関連記事|相关阅读|延伸阅读|相关新闻|あわせて読みたい)/iu;
/** A line that states the author or the time of publication. */
export const BYLINE_LINE =
  /^\s*(?:(?:by|von|par|por|di|door|av|af|theo|oleh|автор|autor(?:in)?|auteur|author|tác giả|posted (?:by|on)|published(?: by| on)?|written by|updated|last updated|publié|mis à jour|veröffentlicht|aktualisiert|stand|erstellt|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|опубликовано|обновлено|cập nhật|đăng ngày|posté)(?!\p{L})|文[／/:：]|記者|作者|来源|來源|责任编辑|責任編輯)/iu;
/** A line that asks for something: to share, subscribe, comment, log in, accept, or that states rights. */
export const FURNITURE_LINE =
  /^\s*(?:(?:share|tweet|print|email|comments?|leave a (?:reply|comment)|log ?in|sign ?(?:up|in)|subscribe|newsletter|follow us|advertisement|sponsored|cookies?|all rights reserved|copyright|tags?|topics?|categories|filed under|skip to|teilen|drucken|kommentare?|anzeige|werbung|anmelden|abonnieren|schlagwörter|themen|zur startseite|partager|imprimer|commentaires?|s['’]abonner|inscription|publicité|mots[- ]clés|compartir|comentarios|suscríbete|publicidad|etiquetas|compartilhe|comentários|assine|publicidade|condividi|commenti|pubblicità|delen|reacties|advertentie|udostępnij|komentarze|reklama|поделиться|комментарии|реклама|теги|chia sẻ|bình luận|từ khóa|đăng nhập|quảng cáo|theo dõi|paylaş|yorum|bagikan|komentar|dela|kommentarer)(?!\p{L})|©|シェア|コメント|广告|分享|评论)/iu;

/** Characters of a line's end in which a credit can begin. */
const CREDIT_REACH = 150;
/** Signs without which a line holds no credit. */
const CREDIT_SIGN = /[([:：/|©-]/;

/** Whether a text ends in a credit, as captions do. Only its end is read. */
export function endsInCredit(text: string): boolean {
  const end = text.length > CREDIT_REACH ? `x${text.slice(-CREDIT_REACH)}` : text;
  return /[([:]/.test(end) && CREDIT_AT_END.test(end);
}

/** Whether a text is nothing but a credit. */
export function isCredit(text: string): boolean {
  return text.length <= CREDIT_REACH && CREDIT_SIGN.test(text) && CREDIT_LINE.test(text);
}
