package fiscal

import (
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// The findings about departments and how rows belong to them.
var (
	BadSlug = &diag.Code{
		Word: "slug-form", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "标识「%s」不能用作网址", EN: "the slug %s cannot stand in an address"},
		Why:      lang.Text{ZH: "标识就是部门的永久网址", EN: "the slug is the department's permanent address"},
		Fix:      lang.Text{ZH: "只用小写英文字母、数字和连字符，例如 caizheng 或 cz-1", EN: "use lower-case letters, digits and hyphens only"},
	}
	ReservedSlug = &diag.Code{
		Word: "slug-reserved", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "标识「%s」是网站自己的栏目名", EN: "the slug %s is a section of the site itself"},
		Why:      lang.Text{ZH: "两者会写到同一个网址", EN: "both would be written to one address"},
		Fix:      lang.Text{ZH: "换一个标识，例如加上区名", EN: "choose another slug"},
	}
	BadYear = &diag.Code{
		Word: "year-form", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」不是年度", EN: "%s is no year"},
		Why:      lang.Text{ZH: "年度决定数据放在哪一页", EN: "the year decides on which page the figures stand"},
		Fix:      lang.Text{ZH: "写四位数字，例如 2024", EN: "write four digits, such as 2024"},
	}
	UnknownDepartment = &diag.Code{
		Word: "unknown-department", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "部门名录里没有「%s」", EN: "the directory of departments has no %s"},
		Why:      lang.Text{ZH: "不在名录里的部门没有页面，它的数据会无声地丢掉", EN: "a department outside the directory has no page; its figures would silently be lost"},
		Fix:      lang.Text{ZH: "先在 data/departments.csv 里登记，或改正文件夹名、部门列", EN: "enter it in data/departments.csv, or correct the folder or the 部门 column"},
	}
	OutOfUse = &diag.Code{
		Word: "department-out-of-use", Severity: diag.Warning, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」在 %d 年不在启用期内", EN: "%s is not in use in %d"},
		Why:      lang.Text{ZH: "机构改革后，数据可能放进了旧机构的文件夹", EN: "after a reform figures easily land in the old body's folder"},
		Fix:      lang.Text{ZH: "核对 departments.csv 的启用、停用年度", EN: "check the years of use in departments.csv"},
	}
	YearContradicts = &diag.Code{
		Word: "year-contradicts", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "这一行写的是 %s 年，文件却在 %d 年的文件夹里", EN: "the row says %s, the file stands in the folder of %d"},
		Why:      lang.Text{ZH: "常见的差错是把上年的文件放进了今年", EN: "a common slip is last year's file in this year's folder"},
		Fix:      lang.Text{ZH: "核对文件是哪一年的，移到对应的文件夹", EN: "check which year the file is of and move it"},
	}
	DepartmentContradicts = &diag.Code{
		Word: "department-contradicts", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "这一行写的部门是「%s」，文件却在「%s」的文件夹里", EN: "the row names %s, the file stands in the folder of %s"},
		Why:      lang.Text{ZH: "别的部门的数会算进这个部门", EN: "another department's figures would be counted here"},
		Fix:      lang.Text{ZH: "核对文件是哪个部门的", EN: "check which department the file is of"},
	}
	DepartmentBlank = &diag.Code{
		Word: "department-blank", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "这一行没有写部门", EN: "the row names no department"},
		Why:      lang.Text{ZH: "一个文件写多个部门时，每一行都要写明部门", EN: "in a file for several departments every row must name one"},
		Fix:      lang.Text{ZH: "在「部门」列写上部门标识、编码或名称", EN: "put the slug, code or name into the column 部门"},
	}
	Unreadable = &diag.Code{
		Word: "file-unreadable", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "读不了这个文件：%s", EN: "the file cannot be read: %s"},
		Why:      lang.Text{ZH: "文件可能正被表格软件占用，或没有读的权限", EN: "a spreadsheet program may hold it, or reading is not allowed"},
		Fix:      lang.Text{ZH: "关闭正在打开它的软件，再试一次", EN: "close the program that holds it and try again"},
	}
	TwoSources = &diag.Code{
		Word: "table-in-two-places", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」%d 年的「%s」表在两处都有：%s 与 %s", EN: "%s %d: the table %s is in two places, %s and %s"},
		Why:      lang.Text{ZH: "两份数据不知道以哪份为准，合起来又会重复", EN: "it is unclear which counts, and together they would count twice"},
		Fix:      lang.Text{ZH: "只留一处：或在部门自己的文件夹，或在全区合用的文件", EN: "keep one: the department's own file or the shared one"},
	}
)

// Codes lists the findings of this package.
var Codes = []*diag.Code{
	BadSlug, ReservedSlug, BadYear, UnknownDepartment, OutOfUse, YearContradicts, DepartmentContradicts, DepartmentBlank, Unreadable, TwoSources, BaseDiffers,
}
