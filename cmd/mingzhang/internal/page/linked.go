package page

import (
	"strconv"

	"mingzhang/cmd/mingzhang/internal/fiscal"
)

// node is a thing as schema.org describes it. The keys come out in order.
type node map[string]any

func (n node) set(key string, value any) {
	if s, ok := value.(string); !ok || s != "" {
		n[key] = value
	}
}

// address is an address of the site as linked data says it: absolute for a site
// that has an address, else from the page.
func (c Context) address(b *Base, path string) string {
	if c.Config.BaseURL != "" {
		return c.Config.BaseURL + "/" + path
	}
	return b.to(path)
}

func (c Context) organization(name string) any {
	if name == "" {
		return ""
	}
	return node{"@type": "Organization", "name": name}
}

// datasetLD describes a department-year as a schema.org Dataset, which search
// engines list.
func (c Context) datasetLD(p *Year, dy *fiscal.DepartmentYear) node {
	dep, y := dy.Department, strconv.Itoa(dy.Year)
	about := p.Description
	if len([]rune(about)) < 50 { // less is not listed
		about += c.say("含公开的各张表、由它们算出的指标和每个数的来历；每张表有 CSV 和 Excel，全部数字有 JSON，均可直接下载。", "The tables as disclosed, the indicators computed from them and the proof of every figure, as CSV, Excel and JSON.")
	}
	n := node{"@context": "https://schema.org", "@type": "Dataset", "name": p.Title, "description": about, "isAccessibleForFree": true, "inLanguage": p.Tag, "temporalCoverage": y + "-01-01/" + y + "-12-31"}
	n.set("url", p.Canonical)
	n.set("identifier", dep.Slug+"/"+y)
	n.set("creator", c.organization(dep.Name))
	n.set("publisher", c.organization(p.Site.Publisher))
	n.set("license", p.Site.License.Href)
	n.set("spatialCoverage", dep.Region)
	n.set("dateModified", p.Site.AsOf)
	if dep.Source != "" {
		n.set("isBasedOn", dep.Source)
	}
	file := func(path, name, format string) node {
		return node{"@type": "DataDownload", "contentUrl": c.address(&p.Base, path), "encodingFormat": format, "name": name}
	}
	files := []node{
		file(WorkbookPath(dep.Slug, dy.Year), "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
		file(PackagePath(dep.Slug, dy.Year), "Data Package", "application/json"),
		file(JSONPath(dep.Slug, dy.Year), "figures.json", "application/json"),
	}
	for _, t := range dy.Tables {
		files = append(files, file(CSVPath(dep.Slug, dy.Year, t.ID), t.Binding.Table.Name.In(c.Lang), "text/csv"))
	}
	for _, st := range dy.Statements {
		files = append(files, file(CSVPath(dep.Slug, dy.Year, st.Form.ID), st.Form.Title.In(c.Lang), "text/csv"))
	}
	n.set("distribution", files)
	return n
}

// catalogLD describes the site as a schema.org DataCatalog.
func (c Context) catalogLD(p *Home) node {
	n := node{"@context": "https://schema.org", "@type": "DataCatalog", "name": p.Title, "inLanguage": p.Tag, "isAccessibleForFree": true}
	n.set("description", p.Description)
	n.set("url", p.Canonical)
	n.set("publisher", c.organization(p.Site.Publisher))
	n.set("license", p.Site.License.Href)
	n.set("dateModified", p.Site.AsOf)
	n.set("dataset", []node{{
		"@type": "Dataset", "name": p.Title, "isAccessibleForFree": true,
		"description":  c.say("全部部门、全部年度的每一个数字：长表（CSV 与 Parquet）、部门名录、单位、指标定义和数据字典。只凭这些文件就能重新算出每一个指标。", "Every figure of all departments and years: long tables (CSV and Parquet), directory, units, definitions of indicators and the data dictionary."),
		"distribution": []node{{"@type": "DataDownload", "contentUrl": c.address(&p.Base, "datapackage.json"), "encodingFormat": "application/json", "name": "Data Package"}},
	}})
	return n
}
