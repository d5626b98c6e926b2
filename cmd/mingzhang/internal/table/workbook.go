package table

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// XLSX is the encoding name of sheets that come from a workbook.
const XLSX = "XLSX"

var (
	// WorkbookUnreadable is raised for a workbook that cannot be opened.
	WorkbookUnreadable = &diag.Code{
		Word: "workbook-unreadable", Severity: diag.Error, Since: "0.2.0",
		Headline: lang.Text{ZH: "打不开这个工作簿：%s", EN: "the workbook cannot be opened: %s"},
		Why:      lang.Text{ZH: "文件可能加了密码、已损坏，或是旧的 xls 格式", EN: "it may be encrypted, damaged, or in the old xls format"},
		Fix:      lang.Text{ZH: "用 Excel 或 WPS 打开，去掉密码，另存为 xlsx", EN: "open it in a spreadsheet program, remove the password, save as xlsx"},
	}
	// SheetHidden is raised for a worksheet that is not shown.
	SheetHidden = &diag.Code{
		Word: "sheet-hidden", Severity: diag.Note, Since: "0.2.0",
		Headline: lang.Text{ZH: "工作表「%s」是隐藏的，没有读", EN: "the sheet %s is hidden and was not read"},
		Why:      lang.Text{ZH: "隐藏的表多半是草稿，不应公开", EN: "hidden sheets are mostly drafts"},
		Fix:      lang.Text{ZH: "要公开就取消隐藏", EN: "unhide it if it is to be published"},
	}
)

// ReadWorkbook reads every visible sheet of an XLSX workbook. Numbers come with
// the fifteen digits that a spreadsheet keeps, not with the binary noise behind
// them; percentages and dates come as shown. Line and column of a cell are its
// row and column, since a workbook has no text lines.
func ReadWorkbook(file string, data []byte) ([]*Sheet, diag.List) {
	if len(data) > MaxBytes {
		return nil, diag.List{FileTooLarge.At(diag.Place{File: file}, len(data)>>20, MaxBytes>>20)}
	}
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 4 * MaxBytes, UnzipXMLSizeLimit: MaxBytes})
	if err != nil {
		return nil, diag.List{WorkbookUnreadable.At(diag.Place{File: file}, err.Error())}
	}
	defer book.Close() //nolint:errcheck // nothing was written
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:])
	var out []*Sheet
	var list diag.List
	for _, name := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(name); err == nil && !visible {
			list.Add(SheetHidden.At(diag.Place{File: file, Sheet: name}, name))
			continue
		}
		s := &Sheet{File: file, Name: name, SHA256: hash, Encoding: XLSX}
		if err := s.fill(book); err != nil {
			list.Add(WorkbookUnreadable.At(diag.Place{File: file, Sheet: name}, err.Error()))
			continue
		}
		blank := true
		for _, r := range s.Rows {
			blank = blank && r.Blank()
		}
		if !blank {
			out = append(out, s)
		}
	}
	return out, list
}

func (s *Sheet) fill(book *excelize.File) error {
	raw, err := book.GetRows(s.Name, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	shown, err := book.GetRows(s.Name)
	if err != nil {
		return err
	}
	width := 0
	for _, r := range raw {
		width = max(width, len(r))
	}
	for i, r := range raw {
		// A workbook does not store the blank cells at the end of a row: unlike in
		// a text file they are no missing cells.
		row := make(Row, width)
		for j := range row {
			text := ""
			if j < len(r) {
				text = r[j]
			}
			display := text
			if i < len(shown) && j < len(shown[i]) {
				display = shown[i][j]
			}
			cell := Cell{Line: int32(i + 1), Column: int32(j + 1), Row: int32(i + 1), Col: int32(j + 1)}
			cell.Text = cellText(text, display)
			if text == "" && j < len(r) {
				if f, err := book.GetCellFormula(s.Name, cell.Name()); err == nil && f != "" {
					cell.Text = "=" + f // a formula that was never computed
				}
			}
			row[j] = cell
		}
		s.Rows = append(s.Rows, row)
	}
	return nil
}

// cellText chooses between a cell's stored number and what is shown: a stored
// 1559.8899999999999 is 1559.89, a stored 0.9998 shown as 99.98% is 99.98%, and
// a stored 45345 shown as a day is that day.
func cellText(raw, display string) string {
	if raw == display {
		return tidy(raw)
	}
	switch {
	case strings.HasSuffix(display, "%"):
		return display
	case strings.ContainsAny(display, "年月日") || strings.Count(display, "-") == 2 && !strings.HasPrefix(display, "-") || strings.Count(display, "/") == 2:
		return display
	}
	return tidy(raw)
}

func tidy(raw string) string {
	if len(raw) < 16 || strings.Trim(raw, "0123456789.-+eE") != "" || !strings.ContainsAny(raw, ".eE") {
		return raw
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	short := strconv.FormatFloat(f, 'g', 15, 64)
	g, err := strconv.ParseFloat(short, 64)
	if err != nil {
		return raw
	}
	return strconv.FormatFloat(g, 'f', -1, 64)
}
