package workbook

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"strconv"
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/spare"
)

// The styles of cells, in the order of cellXfs; numbers with k decimals follow
// from plainNumbers on.
const (
	_ uint8 = iota // as it comes
	titleStyle
	headStyle
	textStyle
	wrappedStyle
	plainNumbers
)

// maxPlaces is how many decimals a style shows at most.
const maxPlaces = 30

// numbers is the style of numbers with so many decimals.
func numbers(places int) uint8 { return plainNumbers + uint8(min(max(places, 0), maxPlaces)) }

// stylesPart says how the styles look. It is the same in every workbook.
var stylesPart = sync.OnceValue(func() []byte {
	var b strings.Builder
	count := strconv.Itoa(maxPlaces + 1)
	b.WriteString(declaration + `<styleSheet ` + namespace + `><numFmts count="` + count + `">`)
	for k := range maxPlaces + 1 {
		format := "#,##0"
		if k > 0 {
			format += "." + strings.Repeat("0", k)
		}
		b.WriteString(`<numFmt numFmtId="` + strconv.Itoa(firstFormat+k) + `" formatCode="` + format + `"/>`)
	}
	b.WriteString(`</numFmts>` +
		`<fonts count="3"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>` +
		`<font><b/><sz val="14"/><name val="Calibri"/><family val="2"/></font>` +
		`<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>` +
		`<border><left/><right/><top/><bottom style="thin"><color rgb="FF000000"/></bottom><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="` + strconv.Itoa(int(plainNumbers)+maxPlaces+1) + `"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
		`<xf numFmtId="0" fontId="2" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`)
	for k := range maxPlaces + 1 {
		b.WriteString(`<xf numFmtId="` + strconv.Itoa(firstFormat+k) + `" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`)
	}
	b.WriteString(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
	return []byte(b.String())
})

// firstFormat is the first number of a format that is not built in.
const firstFormat = 164

const (
	relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	official  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

func relation(id, kind, target string) string {
	return `<Relationship Id="` + id + `" Type="` + kind + `" Target="` + target + `"/>`
}

// pack joins sheets into the file, in bytes lent by package spare.
func pack(sheets []*sheet, title, day string) ([]byte, error) {
	var types, rels, list strings.Builder
	types.WriteString(declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + mediaType + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + mediaType + `styles+xml"/>` +
		`<Override PartName="/xl/sharedStrings.xml" ContentType="` + mediaType + `sharedStrings+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>`)
	rels.WriteString(declaration + relations)
	list.WriteString(declaration + `<workbook ` + namespace + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="14805" windowHeight="8010"/></bookViews><sheets>`)
	for i, s := range sheets {
		n := strconv.Itoa(i + 1)
		types.WriteString(`<Override PartName="/xl/worksheets/sheet` + n + `.xml" ContentType="` + mediaType + `worksheet+xml"/>`)
		rels.WriteString(relation("rId"+n, official+"worksheet", "worksheets/sheet"+n+".xml"))
		list.WriteString(`<sheet name="` + string(appendEscaped(nil, s.name)) + `" sheetId="` + n + `" r:id="rId` + n + `"/>`)
	}
	n := len(sheets)
	rels.WriteString(relation("rId"+strconv.Itoa(n+1), official+"styles", "styles.xml") + relation("rId"+strconv.Itoa(n+2), official+"sharedStrings", "sharedStrings.xml") + `</Relationships>`)
	types.WriteString(`</Types>`)
	list.WriteString(`</sheets></workbook>`)

	out := bytes.NewBuffer(spare.Bytes())
	z := zip.NewWriter(out)
	z.RegisterCompressor(zip.Deflate, compressor)
	var err error
	put := func(name string, data []byte) {
		if err == nil {
			var w io.Writer
			if w, err = z.Create(name); err == nil {
				_, err = w.Write(data)
			}
		}
	}
	put("[Content_Types].xml", []byte(types.String()))
	put("_rels/.rels", []byte(declaration+relations+relation("rId1", official+"officeDocument", "xl/workbook.xml")+
		relation("rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml")+
		relation("rId3", official+"extended-properties", "docProps/app.xml")+`</Relationships>`))
	put("docProps/app.xml", []byte(declaration+`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>mingzhang</Application></Properties>`))
	put("docProps/core.xml", []byte(declaration+`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`+
		string(appendEscaped(nil, title))+`</dc:title><dc:creator>mingzhang</dc:creator><cp:lastModifiedBy>mingzhang</cp:lastModifiedBy><dc:language>zh-CN</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">`+
		day+`</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">`+day+`</dcterms:modified></cp:coreProperties>`))
	put("xl/workbook.xml", []byte(list.String()))
	put("xl/_rels/workbook.xml.rels", []byte(rels.String()))
	put("xl/styles.xml", stylesPart())
	shared := &texts{numbers: map[string]int{}}
	b := spare.Bytes()
	for i, s := range sheets {
		b = s.append(b[:0], shared, i == 0)
		put("xl/worksheets/sheet"+strconv.Itoa(i+1)+".xml", b)
	}
	b = shared.append(b[:0])
	put("xl/sharedStrings.xml", b)
	spare.Return(b)
	if err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// compressors are kept: one holds more than a megabyte. The slower levels clear
// most of that before each of forty small parts, which took longer than writing
// the sheets.
var compressors = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is there
	}
	return w
}}

func compressor(out io.Writer) (io.WriteCloser, error) {
	w := compressors.Get().(*flate.Writer)
	w.Reset(out)
	return &lent{w}, nil
}

// lent is a compressor that is given back when it is closed.
type lent struct{ *flate.Writer }

func (l *lent) Close() error {
	err := l.Writer.Close()
	compressors.Put(l.Writer)
	return err
}
