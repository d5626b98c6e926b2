package page

import "mingzhang/cmd/mingzhang/internal/lang"

// Words is a page of the site's own words.
type Words struct {
	Base
	Parts []TextPart
}

// TextPart is a heading with its paragraphs.
type TextPart struct {
	ID, Heading string
	Paragraphs  []string
	Links       []Link
}

// The addresses of the texts.
const (
	MethodPath        = "method/"
	AccessibilityPath = "accessibility/"
)

type textSource struct {
	id      string
	heading lang.Text
	text    []lang.Text
	links   []siteLink
}

type siteLink struct {
	path string
	name lang.Text
}

func (c Context) text(path string, title, description lang.Text, parts []textSource) *Words {
	p := &Words{Base: c.base("text", path, title.In(c.Lang), description.In(c.Lang))}
	p.Crumbs = append(p.Crumbs, Link{Text: p.Title, Here: true})
	for _, x := range parts {
		part := TextPart{ID: x.id, Heading: x.heading.In(c.Lang)}
		for _, t := range x.text {
			part.Paragraphs = append(part.Paragraphs, t.In(c.Lang))
		}
		for _, l := range x.links {
			part.Links = append(part.Links, Link{Text: l.name.In(c.Lang), Href: p.in(l.path)})
		}
		p.Parts = append(p.Parts, part)
	}
	return p
}

// NewMethod tells how the figures came about.
func (c Context) NewMethod() *Words {
	return c.text(MethodPath, lang.Text{ZH: "数字怎么来的", EN: "Method"},
		lang.Text{ZH: "本站的数从哪里来、怎样计算、怎样舍入、怎样核对", EN: "Where the figures come from, how they are computed, rounded and checked"}, []textSource{
			{"origin", lang.Text{ZH: "每个数都有来历", EN: "Every number has an origin"}, []lang.Text{
				{ZH: "网页上的每个数，或者抄自部门提交的文件里的一格，或者由公开的算式算出。点这个数，就到它的来历：原文件里的那一格，或者实际运行的算式和代入的每个数。", EN: "Each number was read from a cell of a file that a department handed in, or computed by a published formula. Click it to come to its proof: the cell in the file, or the formula that ran with each number in it."},
				{ZH: "本站不改动部门所报的数。原件自相矛盾时照原样公布，并写明差多少。", EN: "Disclosed numbers are never changed. Where an original contradicts itself it stands as it is, with the difference."},
			}, []siteLink{{IndicatorsPath, lang.Text{ZH: "全部指标和算式", EN: "All indicators and formulas"}}}},
			{"blank", lang.Text{ZH: "空白不等于零", EN: "Blank is not zero"}, []lang.Text{
				{ZH: "「未填报」是部门没有给出这个数；「不适用」是这个数算不出来或没有意义，例如预算是零时的执行率；「不可比」是上年基数为零；「涉密」是依法不公开。它们都不当作零，也不参加合计。", EN: "“Not reported”: the department gave no number. “Not applicable”: it cannot be computed, such as a rate of a zero budget. “Not comparable”: last year was zero. “Withheld”: it may not be published. None of them is zero or enters a sum."},
			}, nil},
			{"stages", lang.Text{ZH: "三个阶段分开", EN: "Three stages, kept apart"}, []lang.Text{
				{ZH: "年初预算数是年初批准的计划，全年预算数是年中调整后的计划，决算数是最后实际的数。不同阶段的数不混在一起比较。", EN: "The original budget is the plan as approved, the adjusted budget the plan as it stood at year's end, the outturn what happened. Numbers of different stages are not compared without saying so."},
			}, nil},
			{"rounding", lang.Text{ZH: "四舍五入只做一次", EN: "Rounding happens once"}, []lang.Text{
				{ZH: "计算全程用精确的十进制数，只在显示时四舍五入（逢五远离零）。评分分档用舍入之前的数。", EN: "Arithmetic is exact decimal; numbers are rounded once, when shown, half away from zero. Grades are taken on the unrounded value."},
				{ZH: "印成「万元、两位小数」的数本身已经舍入，真实的数在上下半个单位之间。由这样的数算出的结果，另给出它可能的范围；检查时比较范围，所以不会把舍入当成差错。", EN: "A number printed in 10,000 yuan with two decimals was rounded before: the true one lies within half a unit. Results of such numbers carry the range for which they stand, and checks compare ranges, so that rounding is not taken for a mistake."},
			}, nil},
			{"comparison", lang.Text{ZH: "比较", EN: "Comparison"}, []lang.Text{
				{ZH: "列表里的金额统一换成万元；规定了单位的指标（如人均、百分率）用它自己的单位。分位数是排序后站在该处的部门自己的数，不作插值。", EN: "Amounts in lists are in 10,000 yuan; indicators with a unit of their own, such as rates or amounts per head, keep it. A quantile is the figure of the department that stands at that place, without interpolation."},
				{ZH: "人均和不变价只在本站有人口、价格指数的年度和地区计算，来源写在来历页上。", EN: "Amounts per head and at constant prices are computed only where the site has a population or price index for the region and year; its source stands on the proof."},
			}, []siteLink{{ComparePath(0), lang.Text{ZH: "部门比较", EN: "Compare departments"}}}},
			{"score", lang.Text{ZH: "评分", EN: "Scores"}, []lang.Text{
				{ZH: "评分由评分表的规则算出，每一项写明规则、代入的数和扣分原因。缺少数据的项不评分，也不算满分。评分表是重建或节录的，页面上写明。", EN: "Scores follow from the rules of a rubric; each item shows rule, numbers and the reason of a loss. Items without figures are not scored and never count as full marks. A rubric that is reconstructed or an excerpt says so."},
			}, nil},
			{"verify", lang.Text{ZH: "自己核对", EN: "Check it yourself"}, []lang.Text{
				{ZH: "每个部门年度有 figures.json 和全部表格的 CSV，manifest.json 记着每个文件的 SHA-256。下载整个网站后运行 mingzhang verify，程序会从这些文件重新算出每一个数，再与网页上显示的逐个核对。", EN: "Each department-year has figures.json and all tables as CSV; manifest.json has the SHA-256 of every file. On a downloaded site, mingzhang verify computes every figure again and holds it against what the pages show."},
			}, []siteLink{{GlossaryPath, lang.Text{ZH: "名词解释", EN: "Glossary"}}}},
		})
}

// NewAccessibility says what was done so that everyone can use the site, and what
// is not claimed.
func (c Context) NewAccessibility() *Words {
	contact := []lang.Text{{ZH: "遇到用不了的地方，请告诉我们。", EN: "Please tell us what you cannot use."}}
	if c.Config.Contact != "" {
		contact = append(contact, lang.Same(c.Config.Contact))
	}
	return c.text(AccessibilityPath, lang.Text{ZH: "无障碍说明", EN: "Accessibility"},
		lang.Text{ZH: "为了让每个人都能用，本站做了什么，没有做什么", EN: "What was done so that everyone can use the site, and what was not"}, []textSource{
			{"done", lang.Text{ZH: "做到的", EN: "What was done"}, []lang.Text{
				{ZH: "不运行脚本也能读到每一个数；只用键盘可以到达每一处，焦点看得见；第一个链接跳到正文。", EN: "Every number can be read without scripts; the keyboard reaches everything and its place is seen; the first link skips to the content."},
				{ZH: "表格有标题和行列表头，图有文字说明和对应的表格；不靠颜色单独表达意思；手机 360 像素宽不用左右拖动整页；跟随系统的深浅色；可以放大。", EN: "Tables have captions and headings, charts a description and their table; nothing is said by colour alone; a phone of 360 pixels needs no sideways scrolling of the page; light and dark follow the system; text can be enlarged."},
			}, nil},
			{"checked", lang.Text{ZH: "怎样检查", EN: "How it was checked"}, []lang.Text{
				{ZH: "生成本站的程序在它的示例网站上，用 axe-core 按 WCAG 2.2 的 A 级和 AA 级规则，对每一类页面、深浅两色、宽窄两种屏幕自动检查。", EN: "The program that made this site is checked on its sample site with axe-core against the rules of WCAG 2.2, levels A and AA: each kind of page, light and dark, narrow and wide."},
				{ZH: "自动检查只能发现一部分问题，不等于符合某项标准，本站也不作这样的声明。", EN: "Automatic checks find a part of the problems. They are no proof of conformity to a standard, and none is claimed."},
			}, nil},
			{"contact", lang.Text{ZH: "联系我们", EN: "Contact"}, contact, nil},
		})
}
