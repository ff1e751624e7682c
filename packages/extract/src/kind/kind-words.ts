/** Wording by which pages say that they are no article: errors, walls, live reports, galleries, films. */

/** What a page says that does not exist or may not be seen; whoever says this in a title or headline means the page. */
const ERROR_WORDS = [
  '(?:error|erreur|fehler|errore|erro|błąd|ошибка|lỗi|hata|fout|fel|feil|fejl|virhe|kesalahan|خطأ|エラー|错误|錯誤|오류)[\\s:#–-]*(?:http[\\s-]*)?[45]\\d\\d',
  '[45]\\d\\d[\\s:#–-]*(?:error|erreur|fehler|errore|erro|błąd|ошибка|lỗi|hata|not found|page not|forbidden|internal server|bad gateway|service unavailable)',
  'http\\s?[45]\\d\\d',
  "(?:page|url|article|story|content|document|file)s? (?:(?:you|that|was|were|is|are|has|have|been|requested|are looking for|were looking for)[\\s’']*)*(?:could not be|cannot be|can['’]t be|was not|not|no longer) (?:found|exists?|available|be found)",
  "(?:page|article|story) (?:does not|doesn['’]t|no longer) exists?",
  "we (?:could not|couldn['’]t|cannot|can['’]t) find (?:the|that|this|your) (?:page|article|story)",
  "(?:this|that|the) page (?:is gone|has (?:been )?(?:moved|removed|deleted)|can['’]?t be found)",
  'page introuvable|page non trouvée|page inexistante|article introuvable|contenu introuvable',
  "(?:cette|la) page (?:que vous (?:cherchez|recherchez|demandez) )?(?:est introuvable|n['’]existe (?:pas|plus)|n['’]est (?:pas|plus) disponible|n['’]a pas été trouvée)",
  '(?:seite|artikel|beitrag|inhalt|dokument)(?: wurde| ist| konnte)?(?: leider)? (?:nicht (?:gefunden|vorhanden|verfügbar|mehr verfügbar|mehr vorhanden)|existiert nicht)',
  '(?:gesuchte|angeforderte|aufgerufene) (?:seite|artikel|adresse)',
  '(?:página|artículo|contenido|noticia) no (?:encontrad[ao]|existe|disponible|está disponible)',
  'la página que (?:busca|buscas|estás buscando|está buscando|solicita|intentas)',
  'no (?:hemos encontrado|se ha encontrado|se encontró|encontramos) (?:la|esta|el) (?:página|artículo|contenido)',
  'página não (?:encontrada|existe|disponível)|não encontramos (?:a|esta) página',
  'pagina non (?:trovata|disponibile|esiste)|la pagina (?:richiesta|che (?:cerchi|stai cercando|hai cercato))',
  'pagina niet gevonden|de pagina (?:bestaat niet|die je zoekt|die u zoekt)',
  '(?:nie znaleziono|nie istnieje)(?: takiej)? (?:strony|artykułu)|strona (?:nie istnieje|nie została znaleziona)|strony nie znaleziono',
  'страница не (?:найдена|существует)|сторінк[ау] не (?:знайдено|існує)|(?:такой|запрашиваемой|запрошенной) страниц[аы]',
  '(?:không tìm thấy|không tồn tại)(?: nội dung| đường dẫn)? (?:trang|bài viết|nội dung)|(?:trang|bài viết|đường dẫn|nội dung|liên kết)(?: \\p{L}+){0,6} (?:không tồn tại|không tìm thấy|không có thật|không còn tồn tại|đã bị xóa|đã bị gỡ|đã bị xoá)',
  'sayfa (?:bulunamadı|mevcut değil)|aradığınız sayfa',
  'halaman tidak ditemukan|halaman yang (?:anda|kamu) cari',
  'sidan (?:kunde inte hittas|hittades inte|finns inte)|siden (?:ble ikke funnet|findes ikke|blev ikke fundet|finnes ikke)|sivua ei löyty',
  'stránka (?:nebyla nalezena|neexistuje)|az oldal nem található|pagina nu a fost găsită|η σελίδα δεν βρέθηκε',
  'الصفحة (?:غير موجودة|المطلوبة)|هذه الصفحة غير',
  'ページが見つかりません|お探しのページ|页面不存在|頁面不存在|找不到(?:该|您|你|此)?(?:页面|頁面|网页)|页面(?:没有|未)找到|페이지를 찾을 수 없|존재하지 않는 페이지',
];
/** A page says that it is not there, or not to be seen. */
export const ERROR_PHRASE = new RegExp(`(?<![\\p{L}\\p{N}])(?:${ERROR_WORDS.join('|')})`, 'iu');
/** A page that turns whoever asks away. */
export const REFUSAL_PHRASE =
  /(?<!\p{L})(?:access denied|just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|enable javascript and cookies to continue|too many requests|truy cập bị từ chối|zugriff verweigert|accès refusé|acceso denegado|accesso negato|доступ запрещ[её]н)(?!\p{L})/iu;
/** A title or headline that is nothing but an error: in a longer one "not found" is news. */
export const ERROR_ALONE =
  /^\W{0,12}(?:[45]\d\d|(?:oops|ops|hoppla|ups|sorry|désolé|ojej|rất tiếc|xin lỗi)|(?:error|fehler|erreur|lỗi)?\W{0,12}(?:not found|nicht gefunden|non trouvée?|introuvable|no encontrad[ao]|não encontrad[ao]|non trovat[ao]|niet gevonden|nie znaleziono|не найден[ао]?|không tìm thấy|không tồn tại|bulunamadı|tidak ditemukan|forbidden|gone))\W{0,12}$/iu;

/** A wall that asks for consent. */
export const CONSENT_PHRASE =
  /(?<!\p{L})(?:before you continue|we (?:value|care about|respect) your privacy|your privacy(?: choices| matters)|we and our (?:\d+ )?(?:partners|vendors)|(?:accept|manage|allow)(?: all)? cookies|cookie (?:consent|settings|policy|preferences)|personalised ads|consent to the use|store and\/or access information|wir und unsere (?:\d+ )?partner|datenschutz-?einstellungen|ihre (?:zustimmung|einwilligung|privatsphäre)|zustimmung (?:erteilen|verwalten)|mit werbung (?:weiter|lesen|nutzen)|weiter mit werbung|ohne (?:werbung|tracking) (?:lesen|nutzen)|pur-abo|einwilligung|cookies (?:akzeptieren|zustimmen|zulassen)|nous et nos (?:\d+ )?partenaires|(?:accepter|refuser|gérer|paramétrer)(?: et continuer| les cookies| tout)|continuer sans accepter|vos (?:choix|données personnelles)|respect de votre vie privée|votre (?:vie privée|consentement)|(?:valoramos|respetamos|nos importa) (?:tu|su) privacidad|nosotros y nuestros (?:\d+ )?socios|(?:aceptar|rechazar|gestionar|configurar)(?: las| todas las)? cookies|aceptar y continuar|tu consentimiento|su consentimiento|aceitar (?:os |todos os )?cookies|a sua privacidade|(?:accetta|rifiuta|gestisci)(?: tutti)?(?: i)? cookie|noi e i nostri (?:\d+ )?partner|la tua privacy|wij en onze (?:\d+ )?partners|cookies accepteren|jouw privacy|my i nasi (?:\d+ )?partnerzy|zaakceptuj|twoja prywatność|szanujemy twoją|мы используем (?:файлы )?cookie|chấp nhận (?:tất cả )?cookie|đồng ý (?:cho|sử dụng|với việc|và tiếp tục)|quyền riêng tư của bạn|chính sách cookie|çerezleri|cookie-?einstellungen)/iu;

/** What a wall that asks for consent speaks of; "consent" alone is a word of many news. */
export const CONSENT_MATTER =
  /cookie|partner|privacy|privatsphäre|datenschutz|tracking|traceurs?|vie privée|données personnelles|privacidad|datos personales|socios|dados pessoais|dati personali|prywatnoś|dane osobowe|персональн|quyền riêng tư|dữ liệu cá nhân|gdpr|dsgvo|rgpd|personali[sz]ed ads|çerez/iu;

/** A title or headline that asks for a login. */
export const LOGIN_TITLE =
  /^\W{0,12}(?:(?:please |bitte |vui lòng |veuillez |por favor,? )?(?:log ?in|sign ?in|log on|login|anmelden|einloggen|melden sie sich an|anmeldung|(?:se )?connecter|connectez-vous|connexion|s['’]identifier|identifiez-vous|iniciar sesión|inicia sesión|inicie sesión|acceder|entrar|faça login|iniciar sessão|accedi|inloggen|zaloguj(?: się)?|logowanie|войти|вход|авторизация|увійти|đăng nhập|giriş(?: yap)?|masuk|logga in|logg inn|log ind|kirjaudu|ログイン|登录|登入|로그인|تسجيل الدخول))(?!\p{L})/iu;

/** Words by which a title, a headline or an address tells that a page is written while things happen. */
export const LIVE_TEXT =
  /(?<!\p{L})(?:live(?: ?blog| ?ticker| updates?| coverage)?\s*[:|–—-]|[:|–—-]\s*live(?!\p{L})|live ?(?:blog|ticker|updates?|coverage)|as it happened|ticker|en direct|(?:suivez le|le) direct|direct\s*[:|–—-]|en vivo|en directo|minuto a minuto|ao vivo|em direto|minuto a minuto|in diretta|la diretta|diretta\s*[:|–—-]|relacja (?:na żywo|live)|na żywo|онлайн(?:-трансляция)?|текстовая трансляция|прямой эфир|наживо|trực tiếp|tường thuật|canlı (?:anlatım|blog)|son dakika gelişmeleri|liveblogg|direkt\s*[:|–—-]|速報|实时|實時|直播|실시간|مباشر)/iu;
/** The same in an address. */
export const LIVE_PATH =
  /[/_-](?:live(?:blog|ticker|updates?)?|ticker|en-?direct|direct|en-?vivo|en-?directo|minuto-a-minuto|ao-vivo|diretta|na-zywo|truc-tiep|tuong-thuat|canli)(?=[/._-]|$)/i;

/** An address or a title that names a gallery of pictures. */
export const GALLERY_PATH =
  /[/_-](?:galler(?:y|ies)|galerie|galerien|galleria|galeria|galería|bildergalerien?|bilder|bilderstrecke|fotostrecken?|fotos?|photos?|photo-?(?:gallery|galleries|essay|story)|in-?pictures|diaporamas?|portfolio|en-?images|fotogaleri[ae]s?|fotogaler[ií]a|imagenes|zdjecia|album|slideshow|foto-?galeri|chum-anh|phong-su-anh|anh)(?=[/._-]|$)/i;
export const GALLERY_TITLE =
  /(?<!\p{L})(?:in pictures|in photos|photo gallery|photos\s*[:|–—-]|pictures\s*[:|–—-]|bildergalerie|fotostrecke|in bildern|die bilder|en images|en photos|diaporama|portfolio\s*[:|–—-]|en imágenes|en fotos|fotogalería|galería|in foto|fotogallery|em fotos|em imagens|galeria|zobacz zdjęcia|zdjęcia\s*[:|–—-]|фоторепортаж|фотогалерея|chùm ảnh|phóng sự ảnh|bộ ảnh|\[ảnh\]|ảnh\s*[:|–—-])/iu;

/** An address of a film. */
export const VIDEO_PATH = /\/(?:videos?|watch|vidéos?|mediathek|media-video|tv|clip)(?:\/|-|$)/i;
