package dataset

import (
	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// The findings about the data folder itself.
var (
	FolderMissing = &diag.Code{
		Word: "folder-missing", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "找不到文件夹「%s」", EN: "there is no folder %s"},
		Why:      lang.Text{ZH: "数据要放在网站源文件夹的 data/ 里", EN: "figures stand in data/ of the site's source folder"},
		Fix:      lang.Text{ZH: "在网站源文件夹里运行命令，或用 --source 指明它", EN: "run the command in the site's source folder, or name it with --source"},
	}
	FileMissing = &diag.Code{
		Word: "file-missing", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "缺少文件「%s」", EN: "the file %s is missing"},
		Why:      lang.Text{ZH: "没有它，网站不知道该公开哪些内容", EN: "without it the site does not know what to publish"},
		Fix:      lang.Text{ZH: "补上这个文件，或改正设置里写的文件名", EN: "add the file, or correct the name in the configuration"},
	}
	UnknownFolder = &diag.Code{
		Word: "unknown-folder", Severity: diag.Warning, Since: "0.1.0",
		Headline: lang.Text{ZH: "没有用上文件夹「%s」", EN: "the folder %s is not used"},
		Why:      lang.Text{ZH: "data/ 下按年度分文件夹（如 2024），年度下按部门标识分文件夹；别的文件夹不会公开", EN: "data/ holds a folder for each year, and in it one for each department; others are not published"},
		Fix:      lang.Text{ZH: "改成四位年度或部门标识，或移到别处", EN: "rename it to a year or a department's slug, or move it elsewhere"},
	}
	UnknownFile = &diag.Code{
		Word: "unknown-file", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "不认识的数据文件「%s」", EN: "the data file %s is not known"},
		Why:      lang.Text{ZH: "文件名写错时整张表都不会公开，所以不能略过", EN: "a misnamed file would leave a whole table unpublished"},
		Fix:      lang.Text{ZH: "文件名用表名（如 支出.csv 或 expenditure.csv）；不是数据的文件请移出 data/", EN: "name it after its table (expenditure.csv or 支出.csv); move other files out of data/"},
	}
	TableTwice = &diag.Code{
		Word: "table-twice", Severity: diag.Error, Since: "0.1.0",
		Headline: lang.Text{ZH: "「%s」表有两份，另一份是 %s", EN: "the table %s is there twice; the other is %s"},
		Why:      lang.Text{ZH: "同一部门同一年的一张表只能有一份，否则不知道以哪份为准", EN: "one table of a department and year may exist once, or it is unclear which counts"},
		Fix:      lang.Text{ZH: "留下要公开的一份，另一份移走", EN: "keep the one to be published and move the other away"},
	}
)

// Codes lists the findings of this package.
var Codes = []*diag.Code{FolderMissing, FileMissing, UnknownFolder, UnknownFile, TableTwice}
