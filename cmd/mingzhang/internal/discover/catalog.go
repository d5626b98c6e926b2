package discover

import (
	"strconv"

	"mingzhang/cmd/mingzhang/internal/jsontext"
)

// CatalogName is the name of the catalogue at the site's top.
const CatalogName = "catalog.jsonld"

// Catalog is what a DCAT catalogue says of a site. Addresses are absolute for a
// site that has one, else relative to the catalogue.
type Catalog struct {
	Base        string // without a slash at its end, or ""
	Language    string
	Title       string
	Description string
	Publisher   string
	License     string // an address, or ""
	Modified    string // day, or ""
	Datasets    []Dataset
}

// Dataset is a dataset of the catalogue: the whole site, or a department-year.
type Dataset struct {
	Path    string // folder of the dataset, "" for the whole site
	Title   string
	TitleEN string
	About   string
	Issued  string // day, or ""
	Year    int    // 0 for several
	Place   string // 地区, or ""
	Creator string
	Files   []Distribution
}

// Distribution is a file of a dataset.
type Distribution struct {
	Path      string // from the site's top
	Title     string
	MediaType string
}

// dcatContext maps the words of the catalogue to DCAT 3, Dublin Core and FOAF. It
// stands in the file, so that nothing has to be fetched to read it.
const dcatContext = `{"dcat":"http://www.w3.org/ns/dcat#","dcterms":"http://purl.org/dc/terms/","foaf":"http://xmlns.com/foaf/0.1/","xsd":"http://www.w3.org/2001/XMLSchema#"}`

// JSON renders the catalogue, a dataset on each line.
func (c *Catalog) JSON() []byte {
	w := &ld{base: c.Base}
	w.raw(`{"@context":` + dcatContext + `,"@id":`)
	w.str(w.address(CatalogName))
	w.raw(`,"@type":"dcat:Catalog"`)
	w.text("dcterms:title", c.Title, c.Language)
	w.text("dcterms:description", c.Description, c.Language)
	w.text("dcterms:language", c.Language, "")
	w.day("dcterms:modified", c.Modified)
	w.agent(c.Publisher)
	w.node("dcterms:license", c.License)
	w.node("foaf:homepage", w.address(""))
	w.raw(",\n\"dcat:dataset\":[")
	for i, d := range c.Datasets {
		if i > 0 {
			w.raw(",")
		}
		w.raw("\n")
		w.dataset(c, d)
	}
	w.raw("]}\n")
	return w.buf
}

// ld writes JSON-LD.
type ld struct {
	buf  []byte
	base string
}

func (w *ld) raw(s string) { w.buf = append(w.buf, s...) }
func (w *ld) str(s string) { w.buf = jsontext.AppendString(w.buf, s) }

func (w *ld) address(path string) string {
	if w.base == "" {
		return "./" + escaped(path)
	}
	return w.base + "/" + escaped(path)
}

// text writes a literal, with its language when it has one.
func (w *ld) text(name, s, language string) {
	if s == "" {
		return
	}
	w.raw(`,"` + name + `":`)
	w.literal(s, language)
}

func (w *ld) literal(s, language string) {
	if language == "" {
		w.str(s)
		return
	}
	w.raw(`{"@value":`)
	w.str(s)
	w.raw(`,"@language":`)
	w.str(language)
	w.raw("}")
}

func (w *ld) day(name, day string) {
	if day != "" {
		w.raw(`,"` + name + `":{"@value":"` + day + `","@type":"xsd:date"}`)
	}
}

func (w *ld) node(name, address string) {
	if address != "" {
		w.raw(`,"` + name + `":{"@id":`)
		w.str(address)
		w.raw("}")
	}
}

func (w *ld) agent(name string) {
	if name != "" {
		w.raw(`,"dcterms:publisher":{"@type":"foaf:Agent","foaf:name":`)
		w.str(name)
		w.raw("}")
	}
}

func (w *ld) dataset(c *Catalog, d Dataset) {
	w.raw(`{"@id":`)
	w.str(w.address(d.Path) + "#dataset")
	w.raw(`,"@type":"dcat:Dataset","dcterms:title":[`)
	w.literal(d.Title, c.Language)
	if d.TitleEN != "" {
		w.raw(",")
		w.literal(d.TitleEN, "en")
	}
	w.raw("]")
	w.text("dcterms:description", d.About, c.Language)
	w.day("dcterms:issued", d.Issued)
	w.agent(c.Publisher)
	if d.Creator != "" {
		w.raw(`,"dcterms:creator":{"@type":"foaf:Agent","foaf:name":`)
		w.str(d.Creator)
		w.raw("}")
	}
	if d.Place != "" {
		w.raw(`,"dcterms:spatial":{"@type":"dcterms:Location","dcterms:title":`)
		w.str(d.Place)
		w.raw("}")
	}
	if d.Year > 0 {
		y := strconv.Itoa(d.Year)
		w.raw(`,"dcterms:temporal":{"@type":"dcterms:PeriodOfTime","dcat:startDate":{"@value":"` + y + `-01-01","@type":"xsd:date"},"dcat:endDate":{"@value":"` + y + `-12-31","@type":"xsd:date"}}`)
	}
	w.node("dcat:landingPage", w.address(d.Path))
	w.raw(`,"dcat:distribution":[`)
	for i, f := range d.Files {
		if i > 0 {
			w.raw(",")
		}
		w.raw(`{"@type":"dcat:Distribution"`)
		w.text("dcterms:title", f.Title, c.Language)
		w.node("dcat:accessURL", w.address(d.Path))
		w.node("dcat:downloadURL", w.address(f.Path))
		w.raw(`,"dcat:mediaType":{"@id":`)
		w.str("https://www.iana.org/assignments/media-types/" + f.MediaType)
		w.raw("}")
		w.node("dcterms:license", c.License)
		w.raw("}")
	}
	w.raw("]}")
}
