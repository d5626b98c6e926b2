package table

import (
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// The findings that reading a file can raise.
var (
	EncodingUnknown = &diag.Code{
		Word: "encoding-unknown", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "无法确定文件的文字编码：%s", EN: "the text encoding of the file cannot be told: %s"},
		Why:      lang.Text{ZH: "编码认错，汉字和数字都可能被改成别的，所以不猜", EN: "a wrong guess would change names and figures, so none is made"},
		Fix:      lang.Text{ZH: "用 Excel 或 WPS 打开，另存为「CSV UTF-8（逗号分隔）」", EN: "open it in a spreadsheet program and save as CSV UTF-8"},
	}
	NotText = &diag.Code{
		Word: "file-not-text", Severity: diag.Error, Since: "0.9.0",
		Headline: lang.Text{ZH: "这个文件其实是%s，不是 CSV", EN: "this file is %s, not CSV"},
		Why:      lang.Text{ZH: "扩展名和内容不一致，当作文字读出来的只会是乱码", EN: "its name says otherwise; read as text it would be garbage"},
		Fix:      lang.Text{ZH: "用 Excel 或 WPS 打开，另存为 xlsx 或「CSV UTF-8（逗号分隔）」", EN: "open it in a spreadsheet program and save it as xlsx or CSV UTF-8"},
	}
	BrokenCharacter = &diag.Code{
		Word: "broken-character", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "此处有不能按 %s 读出的字节（%s）", EN: "bytes here cannot be read as %s (%s)"},
		Why:      lang.Text{ZH: "文件在传输或保存时被截断或改动，读出的文字不可信", EN: "the file was cut or altered in transfer; what is read cannot be trusted"},
		Fix:      lang.Text{ZH: "从原始表格重新导出这个文件，或在此处补正文字", EN: "export the file again from its source, or mend the text at this place"},
	}
	NulByte = &diag.Code{
		Word: "nul-byte", Severity: diag.Warning, Since: "0.1.0",
		Headline: lang.Text{ZH: "文件里夹着 %d 个空字节（NUL），已略去", EN: "the file holds %d NUL bytes; they were left out"},
		Why:      lang.Text{ZH: "空字节看不见，却会让同一名称比对不上", EN: "they cannot be seen, yet make equal names differ"},
		Fix:      lang.Text{ZH: "重新导出文件；核对此处文字", EN: "export the file again; check the text at this place"},
	}
	UnseenCharacter = &diag.Code{
		Word: "unseen-character", Severity: diag.Note, Since: "0.11.0",
		Headline: lang.Text{ZH: "%d 处夹着看不见的字符（此处是 %s），已略去", EN: "characters that cannot be seen stand in %d places (%s here); they were left out"},
		Why:      lang.Text{ZH: "从网页、聊天软件或 PDF 复制时会带进来，看着一样的名称和数字就比对不上", EN: "they come along from web pages, chats and PDFs, and make equal names and numbers differ"},
		Fix:      lang.Text{ZH: "无须处理；有空时可在原件里把这一处重打一遍", EN: "nothing need be done; the place may be typed again"},
	}
	BrokenQuote = &diag.Code{
		Word: "broken-quote", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "引号不成对，从第 %d 行起不能确定各格的边界", EN: "quotes do not pair; from line %d on the cells cannot be told apart"},
		Why:      lang.Text{ZH: "一个多余的引号会把后面的许多格并成一格", EN: "one stray quote joins all that follows into one cell"},
		Fix:      lang.Text{ZH: "单元格里的引号要写两次（\"\"），或在表格软件里改好后另存为 CSV", EN: "double a quote inside a cell (\"\"), or save the file anew from a spreadsheet program"},
	}
	EmptyFile = &diag.Code{
		Word: "empty-file", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "文件是空的", EN: "the file is empty"},
		Why:      lang.Text{ZH: "空文件分不清是没有数据还是没有存好", EN: "an empty file may mean no data or a failed save"},
		Fix:      lang.Text{ZH: "没有这项数据就删去文件；有就重新导出（至少要有表头）", EN: "delete the file if there are no such data; otherwise export it again, with its header"},
	}
	FileTooLarge = &diag.Code{
		Word: "file-too-large", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "文件有 %d MB，超过一张表的上限 %d MB", EN: "the file has %d MB; a table may have %d MB"},
		Why:      lang.Text{ZH: "部门的一张表只有几十到几百行；这么大的文件多半放错了", EN: "a department's table has some hundred rows; a file this large is probably misplaced"},
		Fix:      lang.Text{ZH: "核对文件是否放错文件夹；确需导入时拆成几份", EN: "check that the file is in the right folder; split it if it is"},
	}
)

// Codes lists the findings of this package.
var Codes = []*diag.Code{EncodingUnknown, NotText, BrokenCharacter, NulByte, UnseenCharacter, BrokenQuote, EmptyFile, FileTooLarge, WorkbookUnreadable, ShownScaled, SheetHidden}
