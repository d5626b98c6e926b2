package mirror

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is as much of an S3 store as a copy needs. Like OSS, COS and OBS it
// refuses chunked bodies and trailers; unlike a real one it checks no signature,
// which the check against a real server does.
type server struct {
	t       *testing.T
	mu      sync.Mutex
	objects map[string]object
	puts    int
}

type object struct {
	data   []byte
	header http.Header
}

type listing struct {
	XMLName  xml.Name `xml:"ListBucketResult"`
	Contents []struct {
		Key          string
		Size         int
		ETag         string
		LastModified string
	}
	IsTruncated           bool
	NextContinuationToken string `xml:",omitempty"`
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/bucket"), "/")
	if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ") {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	switch o, ok := s.objects[key]; {
	case r.Method == http.MethodGet && key == "" && r.URL.Query().Has("location"):
		_, _ = io.WriteString(w, `<LocationConstraint>us-east-1</LocationConstraint>`)
	case r.Method == http.MethodGet && key == "":
		s.list(w, r)
	case r.Method == http.MethodPut:
		s.put(w, r, key)
	case r.Method == http.MethodDelete:
		delete(s.objects, key)
		w.WriteHeader(http.StatusNoContent)
	case !ok:
		w.WriteHeader(http.StatusNotFound)
	default:
		maps.Copy(w.Header(), o.header)
		w.Header().Set("Last-Modified", time.Unix(0, 0).UTC().Format(http.TimeFormat))
		w.Header().Set("ETag", etag(o.data))
		_, _ = w.Write(o.data)
	}
}

func etag(data []byte) string {
	sum := md5.Sum(data)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

func (s *server) put(w http.ResponseWriter, r *http.Request, key string) {
	data, err := io.ReadAll(r.Body)
	sum := md5.Sum(data)
	for name, values := range r.Header {
		text := strings.ToLower(name + ": " + strings.Join(values, ","))
		if strings.Contains(text, "chunked") || strings.Contains(text, "trailer") || strings.Contains(text, "streaming-") {
			s.t.Errorf("PUT %s: %s", key, text)
			w.WriteHeader(http.StatusBadRequest)
			return
		}
	}
	if err != nil || r.Header.Get("Content-MD5") != base64.StdEncoding.EncodeToString(sum[:]) {
		s.t.Errorf("PUT %s: the MD5 is not that of the body", key)
	}
	h := http.Header{}
	for _, name := range []string{"Content-Type", "Cache-Control", "Content-Encoding"} {
		if v := r.Header.Get(name); v != "" {
			h.Set(name, v)
		}
	}
	s.objects[key] = object{data, h}
	s.puts++
	w.Header().Set("ETag", etag(data))
}

// list answers with two objects at a time.
func (s *server) list(w http.ResponseWriter, r *http.Request) {
	var out listing
	from := r.URL.Query().Get("continuation-token")
	for _, key := range slices.Sorted(maps.Keys(s.objects)) {
		if !strings.HasPrefix(key, r.URL.Query().Get("prefix")) || key <= from {
			continue
		}
		if len(out.Contents) == 2 {
			out.IsTruncated, out.NextContinuationToken = true, out.Contents[1].Key
			break
		}
		o := s.objects[key]
		out.Contents = append(out.Contents, struct {
			Key          string
			Size         int
			ETag         string
			LastModified string
		}{key, len(o.data), etag(o.data), "1970-01-01T00:00:00.000Z"})
	}
	_ = xml.NewEncoder(w).Encode(out)
}

func bucket(t *testing.T) (*server, *Bucket) {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "id")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	s := &server{t: t, objects: map[string]object{}}
	at := httptest.NewServer(s)
	t.Cleanup(at.Close)
	b, err := NewBucket("s3://bucket/open/budget/", BucketOptions{Endpoint: at.URL, Region: "us-east-1", Lookup: "path"})
	if err != nil {
		t.Fatal(err)
	}
	return s, b
}

func TestABucketGetsPlainRequestsWithTypesAndCacheRules(t *testing.T) {
	s, b := bucket(t)
	s.objects["elsewhere.txt"] = object{data: []byte("of others, outside the prefix")}
	first, second := site(t, before), site(t, after)
	copySite(t, first, b, Options{Workers: 2})
	if got := contents(t, b); !maps.Equal(got, tree(t, first)) {
		t.Errorf("the bucket holds %v", slices.Sorted(maps.Keys(got)))
	}
	for key, want := range map[string][2]string{
		"open/budget/index.html":        {"text/html; charset=utf-8", "public, max-age=0, must-revalidate"},
		"open/budget/assets/style.css":  {"text/css; charset=utf-8", "public, max-age=300"},
		"open/budget/a/2023/data/x.csv": {"text/csv; charset=utf-8", "public, max-age=300"},
	} {
		h := s.objects[key].header
		if got := [2]string{h.Get("Content-Type"), h.Get("Cache-Control")}; got != want {
			t.Errorf("%s is stored as %q", key, got)
		}
	}
	puts := s.puts
	copySite(t, first, b, Options{Workers: 2})
	if s.puts != puts {
		t.Errorf("a second copy sent %d files", s.puts-puts)
	}
	copySite(t, second, b, Options{Workers: 2})
	if got := contents(t, b); !maps.Equal(got, tree(t, second)) {
		t.Errorf("the bucket holds %v", slices.Sorted(maps.Keys(got)))
	}
	if _, ok := s.objects["elsewhere.txt"]; !ok {
		t.Error("an object outside the prefix is gone")
	}
}

func TestABucketStoresTextCompressedWhenAsked(t *testing.T) {
	s, b := bucket(t)
	long := maps.Clone(before)
	long["a/index.html"] += strings.Repeat("全年预算 ", 400)
	copySite(t, site(t, long), b, Options{Workers: 1, Compress: true})
	o := s.objects["open/budget/a/index.html"]
	if o.header.Get("Content-Encoding") != "gzip" || unzip(t, string(o.data)) != long["a/index.html"] {
		t.Errorf("the page is stored as %v", o.header)
	}
	if small := s.objects["open/budget/assets/style.css"]; small.header.Get("Content-Encoding") != "" {
		t.Error("a file of three bytes is compressed")
	}
	if p := copySite(t, site(t, long), b, Options{Workers: 1, Compress: true}); p.Steps() != 0 {
		t.Errorf("a second copy does %+v", p)
	}
}

func TestABucketOfOthersIsRefused(t *testing.T) {
	s, b := bucket(t)
	s.objects["open/budget/thesis.doc"] = object{data: []byte("mine")}
	if _, err := Make(t.Context(), site(t, before), b, Options{}); err == nil {
		t.Error("it was taken over")
	}
	if s.puts != 0 {
		t.Error("something was written")
	}
}
