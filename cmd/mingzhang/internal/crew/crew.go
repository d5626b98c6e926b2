// Package crew does a piece of work for everything in a long list, several pieces
// at a time.
package crew

import (
	"context"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// most is how many things are handed over at a time: looking at a file takes less
// than handing it over.
const most = 256

// Each does the work for everything in a list, in no order, with a worker for
// each processor. After an error no more is begun, and the error is returned.
func Each[T any](list []T, work func(T) error) error {
	workers := runtime.GOMAXPROCS(0)
	g, failed := errgroup.WithContext(context.Background())
	g.SetLimit(workers)
	for some := range slices.Chunk(list, max(1, min(most, len(list)/workers))) {
		if failed.Err() != nil {
			break
		}
		g.Go(func() error {
			for _, x := range some {
				if err := work(x); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}
