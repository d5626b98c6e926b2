package page

// Meta is a head tag.
type Meta struct{ Name, Content string }

// columnKinds are the pages that list; single records are articles. The front
// page carries the site's own tags alone.
var columnKinds = map[string]bool{
	"department": true, "spending": true, "compare": true, "sides": true, "indicator-list": true, "glossary": true, "search": true, "sitemap": true,
}

// head makes the tags that the design rules for government sites ask for (国办发
// 〔2017〕47号, 网页设计规范): of the site on every page, of the column on lists, of
// the article on single pages. A site that names no SiteName is none and has no
// such tags.
func (b *Base) head(title, description string) {
	g := b.Site.Government
	add := func(name, content string) {
		if content != "" {
			b.Meta = append(b.Meta, Meta{name, content})
		}
	}
	add("SiteName", g.SiteName)
	add("SiteDomain", g.SiteDomain)
	add("SiteIDCode", g.SiteIDCode)
	if g.SiteName == "" || b.Kind == "home" || b.Kind == "404" {
		return
	}
	if description == "" {
		description = title
	}
	column := title
	if !columnKinds[b.Kind] {
		column = b.Site.Title
	}
	add("ColumnName", column)
	add("ColumnDescription", description)
	add("ColumnKeywords", title+",预算,决算,公开")
	add("ColumnType", g.ColumnType)
	if columnKinds[b.Kind] {
		return
	}
	add("ArticleTitle", title)
	if b.Published != "" {
		add("PubDate", b.Published+" 00:00") // the data know the day, not the hour
	}
	source := b.Site.Publisher
	if source == "" {
		source = g.SiteName
	}
	add("ContentSource", source)
}
