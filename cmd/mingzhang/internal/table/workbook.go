package table

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"

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
	// ShownScaled is raised for numbers that a format shows in thousands or 万.
	ShownScaled = &diag.Code{
		Word: "shown-scaled", Severity: diag.Warning, Since: "0.11.0",
		Headline: lang.Text{ZH: "%d 格存的数与显示的不一样：此格显示「%s」，存的是 %s，按存的数读", EN: "%d cells store another number than they show: this one shows %s and stores %s; what is stored was read"},
		Why:      lang.Text{ZH: "单元格格式把数缩小了显示；表头的单位若是照显示写的，读出的数就大了千倍万倍", EN: "a number format shows them in thousands or 万; with a unit written for what is shown, the figures read are too large by that"},
		Fix:      lang.Text{ZH: "把格式改成「数值」，看存的数是什么单位，表头照这个单位写", EN: "set the format to number, see in what unit the numbers are, and write that unit into the heading"},
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
		return nil, diag.List{unopened(file, data, err)}
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
		scaled, err := s.fill(book)
		if err != nil {
			if strings.HasSuffix(err.Error(), "is not a worksheet") {
				continue // a chart on a sheet of its own
			}
			list.Add(WorkbookUnreadable.At(diag.Place{File: file, Sheet: name}, damaged(err)))
			continue
		}
		list.Add(scaled)
		list.Add(s.dropUnseen())
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

// fill reads the cells of a sheet. The finding is about numbers that are shown
// otherwise than they are stored.
func (s *Sheet) fill(book *excelize.File) (*diag.Finding, error) {
	raw, err := book.GetRows(s.Name, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	shown, err := book.GetRows(s.Name)
	if err != nil {
		return nil, err
	}
	never := sync.OnceValue(func() map[string]bool { return uncomputed(book) })
	scaled, first, firstShown := 0, Cell{}, ""
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
				if f, err := book.GetCellFormula(s.Name, cell.Name()); err == nil && f != "" && never()[cell.Name()] {
					cell.Text = "=" + f
				}
			}
			if display != text && isScaled(text, display) {
				if scaled++; scaled == 1 {
					first, firstShown = cell, display
				}
			}
			row[j] = cell
		}
		s.Rows = append(s.Rows, row)
	}
	if scaled == 0 {
		return nil, nil
	}
	return s.Finding(ShownScaled, first, scaled, firstShown, first.Text), nil
}
