/** The scanner against broken markup: what a browser makes of it, the tape says too. */
import { expect, test } from 'vitest';
import { scanHtml } from './scan.ts';
import { END, TEXT } from './tape.ts';

/** The tape as indented names and quoted texts, blank texts left out. */
function shape(html: string): string {
  const tape = scanHtml(html);
  let out = '';
  for (let at = 0; at < tape.count; at++) {
    const kind = tape.kind(at);
    if (kind === TEXT) {
      if (tape.text(at).trim() !== '') out += `"${tape.text(at)}"`;
    } else out += kind === END ? ')' : `${tape.nameOf(kind)}(`;
  }
  return out;
}

test.each([
  ['a paragraph ends where the next one begins', '<p>a<p>b', 'p("a")p("b")'],
  ['a list item ends where the next one begins', '<ul><li>a<li>b</ul>c', 'ul(li("a")li("b"))"c"'],
  ['a block ends an open paragraph', '<p>a<div>b</div>', 'p("a")div("b")'],
  ['a stray end tag is passed over', 'a</b>b', '"a""b"'],
  ['cells and rows need no end tags', '<table><tr><td>a<td>b<tr><td>c</table>', 'table(tr(td("a")td("b"))tr(td("c")))'],
  ['a link inside a link ends the outer one', '<a href=x>a<a href=y>b</a>', 'a("a")a("b")'],
  ['a bare less-than sign is text', 'a < b <3 c', '"a < b ""<3 c"'],
  ['a comment may hold tags', 'a<!-- <p>x</p> -->b', '"a""b"'],
  ['an empty comment ends at once', 'a<!-->b', '"a""b"'],
  ['a script may hold tags', '<script>"<p>x</p>"</script>b', 'script()"b"'],
  ['a title may hold what looks like a tag', '<title>a <b> &amp; c</title>d', 'title("a <b> & c")"d"'],
  ['a drawing is passed over whole', '<svg><title>x</title><path d="1"/></svg>b', 'svg()"b"'],
  ['a drawing that ends in its own tag holds nothing', '<svg/>b', 'svg()"b"'],
  ['a void element holds nothing', '<br>a<img src=x>b', 'br()"a"img()"b"'],
  ['names are read in any case', '<DIV><P>a</p></Div>', 'div(p("a"))'],
  ['names nobody knows are kept', '<x-Teaser>a</x-teaser>', 'x-teaser("a")'],
  ['a tag cut off by the end of the page is dropped', 'a<p class="x', '"a"'],
  ['an end tag with no name is dropped', 'a</ >b', '"a""b"'],
  [
    'the first block of text ends a head that nothing closes',
    '<head><title>t</title><div>a',
    'head(title("t"))div("a")',
  ],
  [
    'a block inside noscript leaves the head open',
    '<head><noscript><div>a</div></noscript><title>t</title></head>b',
    'head(noscript(div("a"))title("t"))"b"',
  ],
  ['a heading ends an open heading', '<h2>a<h3>b', 'h2("a")h3("b")'],
])('%s', (_, html, expected) => {
  expect(shape(html)).toBe(expected);
});

test.each([
  ['quoted twice', '<p class="a b">', 'a b'],
  ['quoted once', "<p class='a \"b'>", 'a "b'],
  ['unquoted', '<p class=a/b>', 'a/b'],
  ['with white space around the sign', '<p class = "a">', 'a'],
  ['without a value', '<p class>', ''],
  ['the first of two', '<p class=a class=b>', 'a'],
  ['after others', '<p data-x="<p>" onclick=\'go(">")\' CLASS=a>', 'a'],
  ['with references', '<p class="a&amp;b&#32;&#x63;&eacute;">', 'a&b cé'],
])('an attribute is read %s', (_, html, expected) => {
  expect(scanHtml(html).attribute(0, 'class')).toBe(expected);
});

test.each([
  ['&lt;b&gt; &quot;x&quot; &nbsp;', '<b> "x" \u00a0'],
  ['&eacute;&Auml;&hellip;&rsquo;', 'éÄ…’'],
  ['&#8211; &#x2014; &#150;', '– — –'],
  ['AT&T &bogus; &', 'AT&T &bogus; &'],
  ['&copy 2020', '© 2020'],
  ['&#0;&#xd800;&#99999999;', '\ufffd\ufffd\ufffd'],
])('the references of %s are decoded', (html, expected) => {
  const tape = scanHtml(`<p>${html}</p>`);
  expect(tape.text(1)).toBe(expected);
});

test('the parameters of an address are no references', () => {
  const tape = scanHtml('<a href="/a?x=1&copy=2&amp;reg=3&section=4&lt">');
  expect(tape.attribute(0, 'href')).toBe('/a?x=1&copy=2&reg=3&section=4<');
});
