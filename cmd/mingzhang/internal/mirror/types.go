package mirror

import (
	"io"
	"path"
	"strings"
)

// contentTypes is a table of our own: what a system knows of types depends on
// what is installed on it.
var contentTypes = map[string]string{
	".atom":        "application/atom+xml; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".csv":         "text/csv; charset=utf-8",
	".gif":         "image/gif",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/vnd.microsoft.icon",
	".jpeg":        "image/jpeg",
	".jpg":         "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".jsonld":      "application/ld+json",
	".md":          "text/markdown; charset=utf-8",
	".pdf":         "application/pdf",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff2":       "font/woff2",
	".xlsx":        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xml":         "application/xml",
	".zip":         "application/zip",
}

// A page is asked for again each time, so that a correction is seen at once;
// what pages use may be a few minutes old.
const (
	cachePage = "public, max-age=0, must-revalidate"
	cacheRest = "public, max-age=300"
)

func fileOf(name string, data []byte) *File {
	f := &File{Name: name, Data: data, Type: typeOf(name), Cache: cacheRest}
	if strings.HasSuffix(name, ".html") {
		f.Cache = cachePage
	}
	return f
}

func typeOf(name string) string {
	if t := contentTypes[strings.ToLower(path.Ext(name))]; t != "" {
		return t
	}
	return "application/octet-stream"
}

func compressible(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.Contains(contentType, "json") || strings.Contains(contentType, "xml") && !strings.Contains(contentType, "openxml")
}

func readAll(r io.ReadCloser) ([]byte, error) {
	data, err := io.ReadAll(r)
	if closed := r.Close(); err == nil {
		err = closed
	}
	return data, err
}
