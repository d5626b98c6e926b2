package table

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// The names under which encodings are reported.
const (
	UTF8    = "UTF-8"
	UTF8BOM = "UTF-8 BOM"
	GB18030 = "GB18030"
	UTF16LE = "UTF-16LE"
	UTF16BE = "UTF-16BE"
)

// Decode turns a file's bytes into UTF-8 text and names the encoding found. The
// order is: byte order mark, strict UTF-8, GB18030 (which holds GBK and GB2312).
// No detector guesses: what does not read cleanly is a finding at its place.
func Decode(file string, data []byte) (text []byte, encoding string, list diag.List) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data, encoding = data[3:], UTF8BOM
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decode16(file, data, unicode.LittleEndian, UTF16LE)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decode16(file, data, unicode.BigEndian, UTF16BE)
	default:
		encoding = UTF8
	}
	if utf8.Valid(data) {
		text, f := dropNul(file, data)
		list.Add(f)
		return text, encoding, list
	}
	if encoding == UTF8BOM || mostlyUTF8(data) {
		list.Add(brokenUTF8(file, data))
		return bytes.ToValidUTF8(data, []byte("\uFFFD")), encoding, list
	}
	return decodeGB(file, data)
}

func decode16(file string, data []byte, end unicode.Endianness, name string) ([]byte, string, diag.List) {
	var list diag.List
	text, err := unicode.UTF16(end, unicode.UseBOM).NewDecoder().Bytes(data)
	if err != nil {
		list.Add(EncodingUnknown.At(diag.Place{File: file}, err.Error()))
		return nil, name, list
	}
	if len(data)%2 != 0 {
		list.Add(brokenAt(file, text, len(text), name, lang.Text{ZH: "文件末尾少半个字", EN: "half a character at the end"}))
	}
	if i := bytes.IndexRune(text, utf8.RuneError); i >= 0 {
		list.Add(brokenAt(file, text, i, name, lang.Text{ZH: "不成对的代理码", EN: "an unpaired surrogate"}))
	}
	text, f := dropNul(file, text)
	list.Add(f)
	return text, name, list
}

func decodeGB(file string, data []byte) ([]byte, string, diag.List) {
	var list diag.List
	if n := bytes.Count(data, []byte{0}); n > len(data)/4 {
		list.Add(EncodingUnknown.At(diag.Place{File: file}, lang.Text{ZH: "像没有字节序标记的 UTF-16", EN: "it looks like UTF-16 without a byte order mark"}))
		return nil, "", list
	}
	// Bytes of UTF-8 never fall in GB2312's first level as densely as Chinese
	// text does; Big5 text does not either. The share tells them apart without
	// a language model.
	if common, wide := commonShare(data); wide >= 8 && common*10 < wide*6 {
		why := lang.Text{ZH: "既不是 UTF-8，也不像 GB18030", EN: "it is not UTF-8 and not plausible as GB18030"}
		if big5Likely(data) {
			why = lang.Text{ZH: "像 Big5（繁体中文）", EN: "it looks like Big5 (traditional Chinese)"}
		}
		list.Add(EncodingUnknown.At(diag.Place{File: file}, why))
		return nil, "", list
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		list.Add(EncodingUnknown.At(diag.Place{File: file}, err.Error()))
		return nil, "", list
	}
	if i := bytes.IndexRune(text, utf8.RuneError); i >= 0 {
		list.Add(brokenAt(file, text, i, GB18030, lang.Text{ZH: "不完整的汉字", EN: "an incomplete character"}))
	}
	text, f := dropNul(file, text)
	list.Add(f)
	return text, GB18030, list
}

// mostlyUTF8 reports whether the multi-byte sequences of data are UTF-8 but for
// a few: then the file is UTF-8 that was damaged, not GB18030.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good > 3*bad
}

func brokenUTF8(file string, data []byte) *diag.Finding {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return brokenAt(file, data, i, UTF8, lang.Same(fmt.Sprintf("0x%02X", data[i])))
		}
		i += n
	}
	return nil
}

// brokenAt names the character at byte offset i of decoded text.
func brokenAt(file string, text []byte, i int, encoding string, what lang.Text) *diag.Finding {
	line := 1 + bytes.Count(text[:i], []byte{'\n'})
	start := bytes.LastIndexByte(text[:i], '\n') + 1
	if n := bytes.Count(text[:i], []byte{'\r'}); n > 0 && line == 1 {
		line, start = 1+n, bytes.LastIndexByte(text[:i], '\r')+1
	}
	p := diag.Place{File: file, Line: line, Column: utf8.RuneCount(text[start:i]) + 1}
	f := BrokenCharacter.At(p, encoding, what)
	end := start
	for end < len(text) && text[end] != '\n' && text[end] != '\r' {
		end++
	}
	f.Lines = []diag.Line{{Number: line, Cells: []string{strings.ToValidUTF8(string(text[start:end]), "\uFFFD")}, Mark: -1}}
	return f
}

func dropNul(file string, text []byte) ([]byte, *diag.Finding) {
	i := bytes.IndexByte(text, 0)
	if i < 0 {
		return text, nil
	}
	n := bytes.Count(text, []byte{0})
	line := 1 + bytes.Count(text[:i], []byte{'\n'})
	start := bytes.LastIndexByte(text[:i], '\n') + 1
	p := diag.Place{File: file, Line: line, Column: utf8.RuneCount(text[start:i]) + 1}
	return bytes.ReplaceAll(text, []byte{0}, nil), NulByte.At(p, n)
}

// commonShare counts two-byte characters whose lead and trail bytes lie in
// GB2312's first level (the 3,755 common characters) or its symbols, among all
// two-byte characters.
func commonShare(data []byte) (common, wide int) {
	for i := 0; i < len(data); i++ {
		if data[i] < 0x81 {
			continue
		}
		if fourBytes(data[i:]) { // signs such as ¥, which say nothing of the language
			i += 3
			continue
		}
		wide++
		if i+1 < len(data) {
			lead, trail := data[i], data[i+1]
			if trail >= 0xA1 && (lead >= 0xB0 && lead <= 0xD7 || lead >= 0xA1 && lead <= 0xA3) {
				common++
			}
			i++
		}
	}
	return common, wide
}

// fourBytes reports whether a character of GB18030 that takes four bytes begins
// here.
func fourBytes(b []byte) bool {
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	return len(b) >= 4 && digit(b[1]) && b[2] >= 0x81 && b[2] <= 0xFE && digit(b[3])
}

func big5Likely(data []byte) bool {
	text, err := traditionalchinese.Big5.NewDecoder().Bytes(data)
	return err == nil && !bytes.ContainsRune(text, utf8.RuneError)
}

// Encode turns text into the encoding in which the sheet's file is written, for
// adding to it.
func (s *Sheet) Encode(text string) ([]byte, error) {
	switch s.Encoding {
	case GB18030:
		return simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(text))
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(text))
	}
	return []byte(text), nil
}
