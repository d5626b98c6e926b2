package table

import (
	"bytes"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// foreign tells files of other kinds that were renamed to .csv by their first
// bytes: systems export web pages and workbooks under any name.
func foreign(data []byte) (what, fix lang.Text) {
	saved := lang.Text{ZH: "用 Excel 或 WPS 打开，另存为 xlsx 或「CSV UTF-8（逗号分隔）」；只改扩展名没有用", EN: "open it in a spreadsheet program and save it as xlsx or CSV UTF-8; renaming it is not enough"}
	switch {
	case bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}):
		return lang.Text{ZH: "旧版 Excel 工作簿（.xls）", EN: "an old Excel workbook (.xls)"}, saved
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return lang.Text{ZH: "压缩包或新版工作簿（.xlsx）", EN: "an archive or a workbook (.xlsx)"}, lang.Text{ZH: "是工作簿的，把扩展名改回 .xlsx；是压缩包的，先解开", EN: "if it is a workbook, rename it to .xlsx; unpack an archive"}
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return lang.Text{ZH: "PDF", EN: "a PDF"}, lang.Text{ZH: "从原始表格导出 xlsx 或 CSV；PDF 可以放在 content/ 里作附件", EN: "export the table as xlsx or CSV; a PDF may be attached under content/"}
	}
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 512)], []byte{0xEF, 0xBB, 0xBF}), " \t\r\n"))
	for _, tag := range []string{"<html", "<!doctype", "<table", "<?xml"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return lang.Text{ZH: "网页（HTML 或 XML）", EN: "a web page (HTML or XML)"}, saved
		}
	}
	return lang.Text{}, lang.Text{}
}

// unopened tells what a file is that bears a workbook's name and cannot be opened
// as one.
func unopened(file string, data []byte, err error) *diag.Finding {
	f := WorkbookUnreadable.At(diag.Place{File: file}, damaged(err))
	what, fix := foreign(data)
	text, _, _ := Decode(file, data)
	switch {
	case bytes.Contains(data, utf16LE("EncryptedPackage")):
		f = WorkbookUnreadable.At(f.Place, lang.Text{ZH: "加了密码", EN: "it is protected by a password"})
		f.Fix = lang.Text{ZH: "用 Excel 或 WPS 打开，去掉打开密码后再存", EN: "open it in a spreadsheet program, remove the password and save it"}
	case len(data) == 0:
		f = WorkbookUnreadable.At(f.Place, lang.Text{ZH: "文件是空的", EN: "the file is empty"})
		f.Fix = EmptyFile.Fix
	case bytes.HasPrefix(data, []byte("PK")):
		f.Fix = lang.Text{ZH: "从原始表格重新导出；多半是没有传完，或在存盘时断了", EN: "export it again; it was probably cut off in transfer or in saving"}
	case !what.IsZero():
		f = WorkbookUnreadable.At(f.Place, lang.Sprintf(lang.Text{ZH: "其实是%s", EN: "it is %s"}, what))
		f.Fix = fix
	case text != nil && bytes.IndexByte(data, 0) < 0:
		f = WorkbookUnreadable.At(f.Place, lang.Text{ZH: "其实是文字文件", EN: "it is a text file"})
		f.Fix = lang.Text{ZH: "是 CSV 的，把扩展名改成 .csv；否则从原始表格重新导出", EN: "if it is CSV, rename it to .csv; otherwise export it again"}
	}
	return f
}

func damaged(err error) lang.Text {
	return lang.Text{ZH: "文件不完整或已损坏（" + err.Error() + "）", EN: "it is incomplete or damaged (" + err.Error() + ")"}
}

func utf16LE(s string) []byte {
	var out []byte
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}
