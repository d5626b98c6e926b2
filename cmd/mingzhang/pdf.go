package main

import (
	"runtime"
	"sync"
	"time"

	"mingzhang/cmd/mingzhang/internal/lang"
	"mingzhang/cmd/mingzhang/internal/paper"
	"mingzhang/cmd/mingzhang/internal/publish"
	"mingzhang/cmd/mingzhang/internal/site"
)

// printer prints the department-years of a site.
type printer struct {
	browser paper.Browser
	sheets  []site.Sheet
	base    string
	day     time.Time
}

// newPrinter looks for the browser before anything is built, so that a machine
// without one hears of it at once.
func newPrinter(s *site.Site, given string) (*printer, error) {
	b, err := paper.Find(given)
	if err != nil {
		return nil, usageError(lang.Text{
			ZH: "印 PDF 要用 Chromium、Chrome 或 Edge，这台电脑上没有找到。请先安装，或用 --browser 写出它的位置；不要 PDF 时去掉 --pdf",
			EN: "printing to PDF takes Chromium, Chrome or Edge, and none is found here. Install one, or name it by --browser; leave out --pdf to go without",
		})
	}
	s.OnPaper()
	p := &printer{browser: b, sheets: s.Sheets(), base: s.Config.BaseURL, day: s.Config.Day()}
	if p.day.IsZero() { // the document says of its day what the site does: nothing
		p.day = time.Unix(0, 0)
	}
	return p, nil
}

// print prints all pages of a staged site and puts the documents beside them.
func (p *printer) print(staging *publish.Staging) (files int, bytes int64, err error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	next := make(chan site.Sheet)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for s := range next {
				n, failed := p.one(staging, s)
				mu.Lock()
				if failed != nil && err == nil {
					err = failed
				}
				files++
				bytes += n
				mu.Unlock()
			}
		})
	}
	for _, s := range p.sheets {
		mu.Lock()
		stop := err != nil
		mu.Unlock()
		if stop {
			break
		}
		next <- s
	}
	close(next)
	wg.Wait()
	return files, bytes, err
}

func (p *printer) one(staging *publish.Staging, s site.Sheet) (int64, error) {
	page, err := staging.Get(s.Page)
	if err != nil {
		return 0, err
	}
	sheet, err := paper.Sheet(s.Page, page, p.base, staging.Get)
	if err != nil {
		return 0, err
	}
	document, err := p.browser.Print(sheet, p.day)
	if err != nil {
		return 0, err
	}
	return int64(len(document)), staging.Put(s.PDF, document)
}
