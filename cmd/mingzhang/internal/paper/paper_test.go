package paper

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var site = fstest.MapFS{
	"assets/style.css": {Data: []byte("@page { size: A4 } p > b { color: red }")},
	"assets/seal.png":  {Data: []byte("\x89PNG\r\n\x1a\n")},
}

const page = `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>示例</title><link rel="canonical" href="x"><link rel="stylesheet" href="../../assets/style.css"><script src="../../assets/site.js" defer></script></head>
<body><p id="top"><a href="#top">本页</a> <a href="proof.html#outturn">684.04</a> <a href="https://example.org/">别处</a> <img src="../../assets/seal.png" alt=""><img src="gone.png" alt=""></p></body></html>`

func made(t *testing.T, base string) string {
	t.Helper()
	out, err := Sheet("shili/2024/index.html", []byte(page), base, func(p string) ([]byte, error) { return fs.ReadFile(site, p) })
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestASheetStandsOnItsOwn(t *testing.T) {
	s := made(t, "")
	for _, want := range []string{"p > b { color: red }", `href="#top"`, `href="https://example.org/"`, "data:image/png;base64,", "684.04"} {
		if !strings.Contains(s, want) {
			t.Errorf("%s is gone from\n%s", want, s)
		}
	}
	for _, no := range []string{"<script", "http-equiv", "canonical", "stylesheet", "proof.html", "gone.png"} {
		if strings.Contains(s, no) {
			t.Errorf("%s is still in\n%s", no, s)
		}
	}
}

func TestLinksLeadToThePublishedSite(t *testing.T) {
	if s := made(t, "https://example.gov.cn/yjs/"); !strings.Contains(s, `href="https://example.gov.cn/yjs/shili/2024/proof.html#outturn"`) {
		t.Error(s)
	}
}

func TestAMissingStyleSheetIsAnError(t *testing.T) {
	if _, err := Sheet("x.html", []byte(page), "", func(string) ([]byte, error) { return nil, fs.ErrNotExist }); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestTheMomentOfPrintingIsReplaced(t *testing.T) {
	old := []byte("<</CreationDate (D:20261124101112+00'00')\n/ModDate (D:20261124101112+00'00')>>")
	got := string(dated(bytes.Clone(old), time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)))
	if len(got) != len(old) || strings.Count(got, "D:20251231000000+00'00'") != 2 {
		t.Error(got)
	}
}

func TestABrowserThatIsNotThereIsNamed(t *testing.T) {
	if _, err := Find("/no/such/browser"); !errors.Is(err, ErrNoBrowser) || !strings.Contains(err.Error(), "/no/such/browser") {
		t.Errorf("%v", err)
	}
}

// browser is one that is on the machine. MINGZHANG_BROWSER=must asks for one.
func browser(t *testing.T) Browser {
	t.Helper()
	b, err := Find("")
	if err != nil && os.Getenv("MINGZHANG_BROWSER") == "must" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	return b
}

func TestTheSamePageGivesTheSameDocument(t *testing.T) {
	b := browser(t)
	day := time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
	var docs [2][]byte
	for i := range docs {
		doc, err := b.Print([]byte(made(t, "")), day)
		if err != nil {
			t.Fatal(err)
		}
		docs[i] = doc
	}
	if !bytes.HasPrefix(docs[0], []byte("%PDF-")) {
		t.Errorf("no document: %.20q", docs[0])
	}
	if !bytes.Equal(docs[0], docs[1]) {
		t.Error("two prints differ")
	}
	if bytes.Contains(docs[0], []byte("file://")) || bytes.Contains(docs[0], []byte(os.TempDir()+"/mingzhang")) {
		t.Error("the document tells where it was made")
	}
}

// The contents of a printed page say on which page each entry begins, as the
// browser laid it out.
func TestContentsSayOnWhichPage(t *testing.T) {
	b := browser(t)
	const long = `<!DOCTYPE html><html><head><title>x</title><link rel="stylesheet" href="style.css"></head><body>
<nav class="contents"><ol><li><a href="#one">one</a></li><li><a href="#two">two</a></li><li><a href="#three">three</a></li></ol></nav>
<p><a href="#one">elsewhere</a></p><section id="one">1</section><section id="two">2</section><section id="three">3</section></body></html>`
	css := func(string) ([]byte, error) { return []byte("@page{size:A4} #two,#three{break-before:page}"), nil }
	sheet, err := Sheet("a/index.html", []byte(long), "", css)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(folios.FindAll(sheet, -1)); n != 3 {
		t.Fatalf("%d entries wait for a number\n%s", n, sheet)
	}
	doc, err := b.print(sheet)
	if err != nil {
		t.Fatal(err)
	}
	where := landings(doc)
	if where["one"] != 1 || where["two"] != 2 || where["three"] != 3 {
		t.Errorf("places: %v", where)
	}
	if got := string(numbered(sheet, where)); !strings.Contains(got, `data-of="three">3<`) || strings.Contains(got, ">"+unnumbered+"<") {
		t.Error(got)
	}
}
