package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestTheLog(t *testing.T) {
	t.Run("writes lines together, after a moment", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			out := &screen{}
			log, end := serveCommand{}.logger(&session{errOut: out})
			defer end()
			log.Info("first")
			log.Info("second")
			if text := out.String(); text != "" {
				t.Errorf("wrote %q at once", text)
			}
			time.Sleep(logEvery)
			synctest.Wait()
			if text := out.String(); strings.Count(text, "\n") != 2 {
				t.Errorf("wrote %q after a moment", text)
			}
		})
	})
	t.Run("lets no warning wait, nor what stands before it", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			out := &screen{}
			log, end := serveCommand{LogFormat: "json"}.logger(&session{errOut: out})
			defer end()
			log.Info("first")
			log.With("of", "two").WithGroup("g").Warn("second")
			if text := out.String(); strings.Count(text, "\n") != 2 {
				t.Errorf("wrote %q at once", text)
			}
		})
	})
	t.Run("ends with all that was said", func(t *testing.T) {
		out := &screen{}
		log, end := serveCommand{}.logger(&session{errOut: out})
		log.Info("last")
		end()
		if text := out.String(); !strings.Contains(text, "last") {
			t.Errorf("wrote %q in the end", text)
		}
	})
}

func TestProfileInto(t *testing.T) {
	t.Run("writes a profile at the end", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "cpu.pprof")
		end, err := profileInto(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := end(); err != nil {
			t.Fatal(err)
		}
		if written, err := os.ReadFile(file); err != nil || len(written) == 0 {
			t.Errorf("%d bytes, %v", len(written), err)
		}
	})
	t.Run("fails where nothing can be written", func(t *testing.T) {
		if _, err := profileInto(filepath.Join(t.TempDir(), "away", "cpu.pprof")); err == nil {
			t.Error("no error")
		}
	})
}
