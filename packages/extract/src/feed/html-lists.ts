/** Which elements, attributes and styles of markup in feeds are shown: what formats text, and nothing that acts. */

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Elements that are shown, by lower-case name. */
export const ELEMENTS: ReadonlyMap<string, string> = new Map(
  words(`a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption center cite
    code col colgroup command data datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset
    figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd keygen label legend li m
    main map mark menu meter multicol nav nextid noscript ol optgroup option output p picture pre progress q rb rp rt
    rtc ruby s samp search section select small sound source spacer span strike strong sub summary sup table tbody td
    textarea tfoot th thead time tr track tt u ul var video wbr`).map((name) => [name, name]),
);

/** Elements dropped with everything they hold; of any other that is not known only the tags are dropped. */
export const CARRIERS: ReadonlySet<string> = new Set(words('script style applet object noembed noframes template svg'));

/** Elements without content. */
export const VOID: ReadonlySet<string> = new Set(
  words('area base br col command embed frame hr img input keygen link meta param source track wbr'),
);

const ATTRIBUTES: ReadonlySet<string> = new Set(
  words(`abbr accept accept-charset accesskey action align alt autocomplete autofocus axis background balance bgcolor
    bgproperties border bordercolor bordercolordark bordercolorlight bottompadding cellpadding cellspacing ch challenge
    char charoff choff checked cite class clear color cols colspan compact contenteditable controls coords data datafld
    datapagesize datasrc datetime decoding default delay dir disabled draggable dynsrc enctype end face for form frame
    galleryimg gutter headers height hidden hidefocus high href hreflang hspace icon id inputmode ismap itemprop
    itemscope itemtype keytype kind label lang latency leftspacing list loading longdesc loop loopcount loopend
    loopstart low lowsrc max maxlength media method min multiple muted name nohref noshade nowrap open optimum pattern
    ping placeholder point-size poster pqg preload prompt property radiogroup readonly rel repeat-max repeat-min replace
    required rev reversed rightspacing role rows rowspan rules scope selected shape size sizes span src srclang srcset
    start step style summary suppress tabindex target template title toppadding topspacing type unselectable urn usemap
    valign value variable volume vrml vspace width wrap xml:lang`),
);

/** Attributes whose value is an address. */
export const LINKING: ReadonlySet<string> = new Set(
  words('action background cite data datasrc dynsrc href icon longdesc lowsrc ping poster src urn usemap vrml'),
);

/** Whether an attribute of an element is shown. */
export const isAttribute = (_element: string, name: string): boolean =>
  ATTRIBUTES.has(name) || /^aria-[a-z]+$/.test(name);

const PROPERTIES: ReadonlySet<string> = new Set(
  words(`azimuth background-color border-bottom-color border-collapse border-color border-left-color border-right-color
    border-top-color clear color cursor direction display elevation float font font-family font-size font-style
    font-variant font-weight height letter-spacing line-height overflow pause pause-after pause-before pitch pitch-range
    richness speak speak-header speak-numeral speak-punctuation speech-rate stress text-align text-decoration
    text-indent unicode-bidi vertical-align voice-family volume white-space width`),
);
const BOX_KEYWORDS: ReadonlySet<string> = new Set(
  words(`!important aqua auto black block blue bold both bottom brown center collapse dashed dotted double fuchsia gray
    green groove inset italic left lime maroon medium navy none normal nowrap olive outset pointer purple red ridge right
    silver solid teal thick thin top transparent underline white yellow`),
);
/** A length of at most three digits, a colour by number, or a piece of one. */
const BOX_VALUE = /^(?:#[\da-f]{3,8}|rgba?\(?|-?\d{0,3}(?:\.\d{0,2})?(?:cm|em|rem|ex|in|mm|pc|pt|px|%|,|\))*)$/i;
const SAFE_VALUE = /^(?:[\w\s#%.,!-]|'[\w\s-]*'|"[\w\s-]*"|\([\d,.%\s]+\))*$/;

/** The declarations of a style that only format: known properties, no addresses, no functions but rgb(). */
export function safeStyle(style: string): string {
  const kept: string[] = [];
  for (const declaration of style.slice(0, 4_000).split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (value === '' || !SAFE_VALUE.test(value) || /expression|javascript|behaviou?r|binding/i.test(value)) continue;
    const isBox = /^(?:background|border|margin|padding)(?:-|$)/.test(property);
    const shown =
      PROPERTIES.has(property) ||
      (isBox &&
        value
          .split(/\s+/)
          .every((word) => BOX_KEYWORDS.has(word.toLowerCase()) || BOX_VALUE.test(word.replace(/^rgba?\(/i, ''))));
    if (shown) kept.push(`${property}: ${value};`);
  }
  return kept.join(' ');
}
