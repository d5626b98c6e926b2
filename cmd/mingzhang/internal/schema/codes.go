package schema

import (
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// The findings that reading a table by its schema can raise.
var (
	HeaderMissing = &diag.Code{
		Word: "header-missing", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "找不到「%s」表的表头", EN: "no header of the table %s was found"},
		Why:      lang.Text{ZH: "各列按表头文字识别，不按位置猜", EN: "columns are known by their headings, not by position"},
		Fix:      lang.Text{ZH: "第一行写各列名称；可用 mingzhang new 生成带表头的空表来对照", EN: "put the column names in the first row; mingzhang new writes an empty table to compare with"},
	}
	MissingColumn = &diag.Code{
		Word: "missing-column", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」表缺少必需的列「%s」", EN: "the table %s lacks the column %s"},
		Why:      lang.Text{ZH: "没有这一列，就分不清各行说的是什么", EN: "without it the rows cannot be told apart"},
		Fix:      lang.Text{ZH: "补上这一列，或核对文件是否放错了位置", EN: "add the column, or check that the file is in its place"},
	}
	UnknownColumn = &diag.Code{
		Word: "unknown-column", Severity: diag.Warning, Since: "0.1.0",
		Headline: lang.Text{ZH: "不认识的列「%s」，其中 %d 格内容没有用上", EN: "unknown column %s; its %d filled cells are not used"},
		Why:      lang.Text{ZH: "列名写错时，整列数据会悄悄丢失，所以列出来", EN: "a misspelt heading would silently lose a column"},
		Fix:      lang.Text{ZH: "改成规定的列名；确实不需要公开的列可以删去", EN: "use the column's proper name, or delete the column"},
	}
	DuplicateLabel = &diag.Code{
		Word: "duplicate-label", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "列名「%s」出现两次（%s 与 %s）", EN: "the heading %s stands twice (%s and %s)"},
		Why:      lang.Text{ZH: "两列同名，分不清哪一列才是要公开的数", EN: "with two columns of one name it is unclear which figure counts"},
		Fix:      lang.Text{ZH: "给两列不同的名称（例如注明年初、全年、决算），或删去一列", EN: "give them different names (original, adjusted, outturn), or delete one"},
	}
	UnitMissing = &diag.Code{
		Word: "unit-missing", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」没有写单位", EN: "no unit is given for %s"},
		Why:      lang.Text{ZH: "元与万元相差一万倍；没有单位的金额一律不猜", EN: "yuan and 10,000 yuan differ ten-thousandfold; nothing is assumed"},
		Fix:      lang.Text{ZH: "在列名后写明单位，例如「年初预算数（万元）」，或在表上方写「单位：万元」", EN: "write the unit in the heading, such as 年初预算数（万元）, or above the table"},
	}
	UnitUnknown = &diag.Code{
		Word: "unit-unknown", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "不认识的单位「%s」", EN: "unknown unit %s"},
		Why:      lang.Text{ZH: "单位认错，整列金额都会错", EN: "a wrong unit makes the whole column wrong"},
		Fix:      lang.Text{ZH: "用 元、万元、亿元（也可用千元、百万元）", EN: "use 元, 万元 or 亿元 (千元 and 百万元 also do)"},
	}
	UnitMismatch = &diag.Code{
		Word: "unit-mismatch", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」写着「%s」，单位与这一列不是一类", EN: "%s holds %s, a unit of another kind"},
		Why:      lang.Text{ZH: "金额、比率和数量不能混在一列", EN: "amounts, shares and counts do not share a column"},
		Fix:      lang.Text{ZH: "核对是否填错了列", EN: "check whether the cell belongs to another column"},
	}
	UnitTwice = &diag.Code{
		Word: "unit-stated-twice", Severity: diag.Warning, Since: "0.9.0",
		Headline: lang.Text{ZH: "「%s」等各列写的单位是%s，表上方写的是%s", EN: "%s and all columns are headed %s; the line over the table says %s"},
		Why:      lang.Text{ZH: "两处单位不一样，读者不知道信哪一个，差的是一万倍；本程序按列里写的读", EN: "readers cannot tell which counts, and the two differ by powers of ten; the headings are taken"},
		Fix:      lang.Text{ZH: "核对数的单位，改正其中一处", EN: "find out the unit and correct one of the two"},
	}
	TypeError = &diag.Code{
		Word: "type-error", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」应为%s，写的是「%s」", EN: "%s should be %s; it reads %s"},
		Why:      lang.Text{ZH: "读不成数的格子不会被当成零，也不会被略过", EN: "what is not a number is neither taken for zero nor passed over"},
		Fix:      lang.Text{ZH: "改成数字；没有数就留空，不适用写「—」", EN: "write the number; leave it blank if there is none, or — if not applicable"},
	}
	ThousandsMisplaced = &diag.Code{
		Word: "thousands-misplaced", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」的千分位逗号位置不对：「%s」", EN: "the thousands commas of %s stand wrong: %s"},
		Why:      lang.Text{ZH: "逗号若是小数点之误，数值会差百倍千倍", EN: "a comma meant as a point changes the value a hundredfold"},
		Fix:      lang.Text{ZH: "每三位一个逗号，或去掉逗号；小数用点", EN: "one comma every three digits or none; use a point for decimals"},
	}
	ScientificNotation = &diag.Code{
		Word: "scientific-notation", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」被存成科学计数「%s」，后面的位数已经丢失", EN: "%s was saved in scientific notation, %s; its last digits are lost"},
		Why:      lang.Text{ZH: "表格软件把长数字显示成科学计数，存成 CSV 就找不回原来的数字", EN: "a spreadsheet shows long numbers so, and saving as CSV loses the digits"},
		Fix:      lang.Text{ZH: "在表格软件里把这一列设为「文本」（编码）或「数值」（金额），重新填写后再存", EN: "format the column as text (codes) or number (amounts), type it again, save again"},
	}
	SpreadsheetError = &diag.Code{
		Word: "spreadsheet-error", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」是表格软件的出错值「%s」", EN: "%s is a spreadsheet's error value, %s"},
		Why:      lang.Text{ZH: "公式引用断了，这里没有数", EN: "a formula lost its reference; there is no number here"},
		Fix:      lang.Text{ZH: "在原表里改好公式，再「选择性粘贴—数值」后另存", EN: "mend the formula in the source and paste it as a value"},
	}
	FormulaAsText = &diag.Code{
		Word: "formula-as-text", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」存的是公式「%s」，不是结果", EN: "%s holds a formula, %s, not its result"},
		Why:      lang.Text{ZH: "公式在别处不能照样算出同一个数，也可能在打开时执行", EN: "a formula does not give the same number elsewhere, and may be executed"},
		Fix:      lang.Text{ZH: "用 Excel 或 WPS 打开，算出结果后存盘；存成 CSV 仍是公式的，复制后「选择性粘贴—数值」再存", EN: "open it in a spreadsheet program, so that it is computed, and save it; if a CSV still holds the formula, paste it as a value first"},
	}
	DigitsLost = &diag.Code{
		Word: "digits-lost", Severity: diag.Error, Since: "0.3.0",
		Headline: lang.Text{ZH: "「%s」的「%s」后几位都是零，疑似被表格软件截到十五位", EN: "%s: %s ends in zeros; a spreadsheet probably kept only fifteen digits"},
		Why:      lang.Text{ZH: "表格软件把长编码当成数字，只保留十五位，后面的变成零", EN: "a spreadsheet takes a long code for a number and keeps fifteen digits"},
		Fix:      lang.Text{ZH: "把这一列设为「文本」，对照原件重新填写后再存", EN: "format the column as text, type the code again from its source, save again"},
	}
	ClassForm = &diag.Code{
		Word: "code-form", Severity: diag.Error, Since: "0.11.0",
		Headline: lang.Text{ZH: "「%s」的「%s」不是科目编码", EN: "%s: %s is no classification code"},
		Why:      lang.Text{ZH: "功能科目编码是 3、5、7 位数字，经济科目编码是 3、5 位；写成别的样子就归不进类和款", EN: "functional codes have 3, 5 or 7 digits, economic ones 3 or 5; written otherwise it belongs to no class"},
		Fix:      lang.Text{ZH: "对照科目表补正编码，只写数字", EN: "correct the code by the classification; digits only"},
	}
	UnknownChoice = &diag.Code{
		Word: "unknown-choice", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」没有「%s」这一项", EN: "%s has no choice named %s"},
		Why:      lang.Text{ZH: "写法不同的同一项目不能合计", EN: "items written differently cannot be added up"},
		Fix:      lang.Text{ZH: "改用规定的写法", EN: "use one of the given words"},
	}
	MissingCell = &diag.Code{
		Word: "missing-cell", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "这一行少 %d 格，从「%s」起没有内容", EN: "the row is %d cells short, from %s on"},
		Why:      lang.Text{ZH: "少一个逗号，后面的数就会错位", EN: "one missing comma shifts all that follows"},
		Fix:      lang.Text{ZH: "对照表头补齐各格；空格子也要留逗号", EN: "fill the row up to the header; empty cells keep their comma"},
	}
	ExtraCell = &diag.Code{
		Word: "extra-cell", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "这一行多出 %d 格（「%s」没有表头）", EN: "the row has %d cells more than the header (%s)"},
		Why:      lang.Text{ZH: "金额里没有加引号的千分位逗号，会把一个数拆成两格", EN: "an unquoted thousands comma splits one number into two cells"},
		Fix:      lang.Text{ZH: "去掉数字里的逗号，或把整个数放进英文引号", EN: "drop the comma inside the number, or quote the number"},
	}
	RequiredBlank = &diag.Code{
		Word: "required-blank", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」不能为空", EN: "%s may not be blank"},
		Why:      lang.Text{ZH: "没有它就不知道这一行说的是什么", EN: "without it the row has no meaning"},
		Fix:      lang.Text{ZH: "补上内容，或删去这一行", EN: "fill it in, or delete the row"},
	}
	DateUnclear = &diag.Code{
		Word: "date-unclear", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」不是能确定的日期：「%s」", EN: "%s is no certain date: %s"},
		Why:      lang.Text{ZH: "公开是否及时要按日期计算", EN: "timeliness is counted from dates"},
		Fix:      lang.Text{ZH: "写成 2024-10-28 或 2024年10月28日", EN: "write it as 2024-10-28"},
	}
	DuplicateRow = &diag.Code{
		Word: "duplicate-row", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "这一行与第 %d 行是同一项（%s）", EN: "the row names the same item as row %d (%s)"},
		Why:      lang.Text{ZH: "重复的行会被加两次", EN: "a repeated row is counted twice"},
		Fix:      lang.Text{ZH: "删去重复的一行；若是两项，把名称或编码区分开", EN: "delete one; if they are two items, tell them apart by name or code"},
	}
	NoRows = &diag.Code{
		Word: "no-rows", Severity: diag.Warning, Since: "0.11.0",
		Headline: lang.Text{ZH: "「%s」表只有表头，没有一行数据", EN: "the table %s has a header and no rows"},
		Why:      lang.Text{ZH: "空表分不清是没有这项数据，还是没有填、没有存好", EN: "it cannot be told whether there are no such data or the rows were not saved"},
		Fix:      lang.Text{ZH: "没有这项数据就删去文件；有就填上再存", EN: "delete the file if there are no such data; otherwise fill it in and save it again"},
	}
	RowsSetAside = &diag.Code{
		Word: "rows-set-aside", Severity: diag.Note, Since: "0.1.0",
		Headline: lang.Text{ZH: "读入 %d 行；另有 %d 行不是数据：%s", EN: "%d rows read; %d rows are not data: %s"},
		Why:      lang.Text{ZH: "标题、表头、栏次、空行和表下的注不参加计算，逐行列出以便核对", EN: "titles, headers, numbering, blank rows and notes take no part in sums; they are listed here"},
		Fix:      lang.Text{ZH: "若其中有应当读入的数据行，请核对该行的写法", EN: "if one of them holds data, check how it is written"},
	}
	ReadNormalised = &diag.Code{
		Word: "read-normalised", Severity: diag.Note, Since: "0.1.0",
		Headline: lang.Text{ZH: "按数值读懂了 %d 处不规整的写法：%s", EN: "%d irregular writings were read as numbers: %s"},
		Why:      lang.Text{ZH: "网站按读懂的数值公开；原文保留在证明页", EN: "the site publishes the values as understood; the proof page keeps the text"},
		Fix:      lang.Text{ZH: "无须处理；有空时可在原表改成普通数字", EN: "nothing need be done"},
	}
	Lookalike = &diag.Code{
		Word: "lookalike-character", Severity: diag.Note, Since: "0.1.0",
		Headline: lang.Text{ZH: "有 %d 处形似汉字的部首字符（如 %s），已换成正字", EN: "%d radicals that look like characters (such as %s) were replaced"},
		Why:      lang.Text{ZH: "从 PDF 复制出来的部首字符看着一样，搜索和比对都会落空", EN: "copied from a PDF they look right and match nothing"},
		Fix:      lang.Text{ZH: "无须处理；有空时可在原表重打这些字", EN: "nothing need be done"},
	}
)

// Codes lists the findings of this package.
var Codes = []*diag.Code{
	HeaderMissing, MissingColumn, UnknownColumn, DuplicateLabel, UnitMissing, UnitUnknown, UnitMismatch, UnitTwice,
	TypeError, ThousandsMisplaced, ScientificNotation, SpreadsheetError, FormulaAsText, DigitsLost, ClassForm, UnknownChoice,
	MissingCell, ExtraCell, RequiredBlank, DateUnclear, DuplicateRow, NoRows, RowsSetAside, ReadNormalised, Lookalike,
}
