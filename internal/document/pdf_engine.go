package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	pdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"github.com/indicator-tracker/tracker/internal/fault"
)

const (
	pdfTimeLimit   = 60 * time.Second
	pdfMemoryPages = 4096 // of 64 KiB: 256 MiB for the file and the work on it
)

// pdfEngine is PDFium as WebAssembly: it sees neither files nor network, each
// file gets a fresh instance, and only one is read at a time. The program is
// compiled when the first PDF comes, which takes seconds and some 300 MB once;
// the result is kept in the user's cache folder, and from there it is loaded
// in a tenth of that.
type pdfEngine struct {
	turn      chan struct{}
	pool      pdfium.Pool
	timeLimit time.Duration
}

var engine = &pdfEngine{turn: make(chan struct{}, 1), timeLimit: pdfTimeLimit}

// use calls work with an instance of its own, which ends with the context.
func (e *pdfEngine) use(ctx context.Context, work func(pdfium.Pdfium) error) error {
	select {
	case e.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-e.turn }()
	if e.pool == nil {
		pool, err := startPDFium() //nolint:contextcheck // the pool outlives the request that is its first
		if err != nil {
			return fmt.Errorf("%w: %w", errNoEngine, err)
		}
		e.pool = pool
	}
	instance, err := e.pool.GetInstance(e.timeLimit)
	if err != nil {
		return fmt.Errorf("%w: %w", errNoEngine, err)
	}
	return limited(ctx, instance, e.timeLimit, work)
}

// limited kills the instance when the work on it takes too long, or the context ends.
func limited(ctx context.Context, instance pdfium.Pdfium, limit time.Duration, work func(pdfium.Pdfium) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	killed := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() { killed <- fault.Guard(instance.Kill) })
	err := work(instance)
	if stop() {
		return errors.Join(err, instance.Close())
	}
	return errors.Join(errTooSlow, err, <-killed)
}

func startPDFium() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pdfMemoryPages).
		WithCloseOnContextDone(true)
	if cache := compilationCache(); cache != nil {
		pool, err := initPDFium(config.WithCompilationCache(cache))
		if err == nil {
			return pool, nil
		}
		_ = cache.Close(context.Background()) // a full or broken cache must not keep PDF files from being read
	}
	return initPDFium(config)
}

func initPDFium(config wazero.RuntimeConfig) (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{
		MaxIdle: 1, MaxTotal: 1,
		FSConfig:      wazero.NewFSConfig(), // the default would show it the whole disk
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
}

// compilationCache is nil where there is no folder to keep it in. Machine code
// is run from it: a folder that others may write to is not used.
func compilationCache() wazero.CompilationCache {
	base, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	return cacheIn(filepath.Join(base, "indicator-tracker", "pdf"))
}

func cacheIn(folder string) wazero.CompilationCache {
	if os.MkdirAll(folder, 0o700) != nil {
		return nil
	}
	const writableByOthers = 0o022
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm()&writableByOthers != 0 {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(folder)
	if err != nil {
		return nil
	}
	return cache
}
