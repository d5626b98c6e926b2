// Package config reads mingzhang.toml, the settings of a site. A setting that
// does not exist, or a file that is named and not there, is a finding at its
// line.
package config

import (
	"errors"
	"io/fs"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"mingzhang/cmd/mingzhang/internal/diag"
	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/tomlfile"
)

// FileName is the name of the settings file in a site's source folder.
const FileName = "mingzhang.toml"

// Config is the settings of a site. Every field has a use without being set.
type Config struct {
	Title       string   `toml:"title"`
	TitleEN     string   `toml:"title_en"`
	Summary     string   `toml:"summary"`
	SummaryEN   string   `toml:"summary_en"`
	Publisher   string   `toml:"publisher"` // 主办单位
	PublisherEN string   `toml:"publisher_en"`
	Contact     string   `toml:"contact"`
	BaseURL     string   `toml:"base_url"` // https://…; without it no absolute address is written
	Languages   []string `toml:"languages"`
	Theme       string   `toml:"theme"`
	AsOf        string   `toml:"as_of"`          // the day to which the data are complete
	Rubric      string   `toml:"rubric"`         // of departments that name none of their own
	Projects    string   `toml:"project_rubric"` // of projects whose goals carry points
	Tables      string   `toml:"tables"`         // id of the list of due tables
	License     string   `toml:"license"`
	LicenseURL  string   `toml:"license_url"`
	About       string   `toml:"about"` // a Markdown file

	// Government holds what the design rules for government sites ask of
	// every page. Nothing of it is invented: what is blank is left out.
	Government Government `toml:"government"`

	asOf  time.Time
	langs []lang.Lang
}

// Government is the identity of a government site.
type Government struct {
	SiteName   string `toml:"site_name"`
	SiteDomain string `toml:"site_domain"`
	SiteIDCode string `toml:"site_id_code"` // 政府网站标识码, 10 characters
	ColumnType string `toml:"column_type"`  // 栏目类别 of the design rules
	ICP        string `toml:"icp"`          // ICP 备案号
	Police     string `toml:"police"`       // 公安备案号
	SealURL    string `toml:"seal_url"`     // 党政机关网站标识 certificate
}

// Default is a site without settings.
func Default() *Config {
	return &Config{Title: "部门预决算公开", TitleEN: "Department budgets and accounts", Theme: "default", Tables: "national", Projects: "mof-project", Languages: []string{"zh", "en"}, Government: Government{ColumnType: "数据发布"}, langs: []lang.Lang{lang.ZH, lang.EN}}
}

// Read reads the settings of a site. A site without a settings file has the
// defaults.
func Read(fsys fs.FS) (*Config, diag.List) {
	c := Default()
	data, err := fs.ReadFile(fsys, FileName)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return c, diag.List{FileMissing.At(diag.Place{File: FileName}, "", err.Error())}
	}
	c.Languages = nil
	f, list := tomlfile.Decode(FileName, data, c)
	if len(c.Languages) == 0 {
		c.Languages = []string{"zh", "en"}
	}
	c.validate(fsys, f, &list)
	return c, list
}

var idCode = regexp.MustCompile(`^[0-9a-z]{10}$`)

func (c *Config) validate(fsys fs.FS, f *tomlfile.File, list *diag.List) {
	c.langs = nil
	for _, l := range c.Languages {
		parsed, ok := lang.Parse(l)
		switch {
		case !ok:
			list.Add(f.Wrong("languages", lang.Sprintf(lang.Text{ZH: "没有语言「%s」，可用 zh、en", EN: "no language %s; use zh or en"}, l)))
			continue
		case slices.Contains(c.langs, parsed):
			list.Add(f.Wrong("languages", lang.Sprintf(lang.Text{ZH: "「%s」写了两次", EN: "%s stands twice"}, l)))
			continue
		}
		c.langs = append(c.langs, parsed)
	}
	if len(c.langs) == 0 {
		c.langs = []lang.Lang{lang.ZH}
	}
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" || u.Fragment != "" {
			list.Add(f.Wrong("base_url", lang.Text{ZH: "要写完整网址，例如 https://www.example.gov.cn/yjs", EN: "write a full address, such as https://www.example.gov.cn/budget"}))
			c.BaseURL = ""
		}
		// As it travels: sitemap and feed take no Chinese in an address.
		if err == nil && c.BaseURL != "" {
			c.BaseURL = strings.TrimRight(u.String(), "/")
		}
	}
	if c.AsOf != "" {
		day, err := time.Parse(time.DateOnly, c.AsOf)
		if err != nil {
			list.Add(f.Wrong("as_of", lang.Text{ZH: "日期要写成 2025-10-31", EN: "write the day as 2025-10-31"}))
		}
		c.asOf = day
	}
	if c.Government.SiteIDCode != "" && !idCode.MatchString(c.Government.SiteIDCode) {
		list.Add(f.Wrong("government.site_id_code", lang.Text{ZH: "政府网站标识码是 10 位字母数字", EN: "the site code has 10 characters"}))
	}
	if c.About != "" {
		if !fs.ValidPath(c.About) {
			list.Add(f.Wrong("about", lang.Text{ZH: "要写网站文件夹里的文件，例如 content/about.md，不以 / 开头，不用 ..", EN: "name a file inside the site's folder, such as content/about.md, without a leading / and without .."}))
			c.About = ""
		} else if _, err := fs.Stat(fsys, c.About); err != nil {
			list.Add(FileMissing.At(f.Place("about"), "about", c.About))
		}
	}
	if c.Theme != "default" {
		if !fs.ValidPath("themes/" + c.Theme) {
			list.Add(f.Wrong("theme", lang.Text{ZH: "要写 themes/ 下一个文件夹的名称", EN: "name a folder under themes/"}))
			c.Theme = "default"
		} else if st, err := fs.Stat(fsys, "themes/"+c.Theme); err != nil || !st.IsDir() {
			list.Add(FileMissing.At(f.Place("theme"), "theme", "themes/"+c.Theme))
		}
	}
}

// Day returns the day to which the data are complete, or the zero time.
func (c *Config) Day() time.Time { return c.asOf }

// Langs lists the languages of the interface, the main one first.
func (c *Config) Langs() []lang.Lang { return c.langs }

// Name returns the site's title in a language.
func (c *Config) Name(l lang.Lang) string { return lang.Text{ZH: c.Title, EN: c.TitleEN}.In(l) }

// FileMissing is raised for a file that a setting names and that is not there.
var FileMissing = &diag.Code{
	Word: "setting-file-missing", Severity: diag.Error, Since: "0.1.0",
	Headline: lang.Text{ZH: "设置项「%s」指向的「%s」不存在", EN: "%s names %s, which is not there"},
	Why:      lang.Text{ZH: "缺了它，网站会少一部分内容", EN: "without it a part of the site is missing"},
	Fix:      lang.Text{ZH: "补上文件，或改正、删去这一项设置", EN: "add the file, or correct or delete the setting"},
}

// Codes lists the findings of this package.
var Codes = []*diag.Code{FileMissing}
