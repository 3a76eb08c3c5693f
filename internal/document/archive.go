package document

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// Limits on what a ZIP file may unfold to. The text of a plan takes less than
// 1 MiB of XML; XML packs to a tenth or, when it repeats itself, a fiftieth.
const (
	maxParts      = 20_000
	maxUnpacked   = 32 << 20 // bytes, all parts that are read together
	maxRatio      = 200      // times the packed size, once a part is past ratioFreeSize
	ratioFreeSize = 1 << 20
)

var (
	errTooManyParts = errors.New("the archive has too many parts")
	errUnpacked     = errors.New("the archive unfolds to more than any plan holds")
	errEncrypted    = errors.New("a part of the archive is encrypted")
	errDefined      = errors.New("the archive defines more styles or lists than any plan")
	errNoPart       = errors.New("the archive has no such part")
)

// openArchive reads the directory of a ZIP file. The parts are counted before
// the directory is parsed, because each costs far more parsed than packed.
func openArchive(data []byte) (*zip.Reader, error) {
	if bytes.Count(data, []byte("PK\x01\x02")) > maxParts {
		return nil, errTooManyParts
	}
	return zip.NewReader(bytes.NewReader(data), int64(len(data)))
}

// unpacker reads parts of one archive within the limits.
type unpacker struct {
	ctx     context.Context //nolint:containedctx // lives as long as one reading
	archive *zip.Reader
	left    int64
}

func newUnpacker(ctx context.Context, archive *zip.Reader) *unpacker {
	return &unpacker{ctx: ctx, archive: archive, left: maxUnpacked}
}

// with calls read on the named part. It fails with errNoPart when there is
// none. The sizes in the directory are not believed: bytes are counted as they
// come.
func (u *unpacker) with(name string, read func(io.Reader) error) error {
	f := u.find(name)
	if f == nil {
		return fmt.Errorf("%w: %s", errNoPart, name)
	}
	const encryptedFlag = 0x1
	if f.Flags&encryptedFlag != 0 {
		return errEncrypted
	}
	part, err := f.Open()
	if err != nil {
		return err
	}
	defer part.Close()
	return read(&meter{from: untilDone{u.ctx, part}, unpacker: u, limit: max(ratioFreeSize, int64(min(f.CompressedSize64, maxUnpacked))*maxRatio)})
}

func (u *unpacker) find(name string) *zip.File {
	for _, f := range u.archive.File {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// meter fails once a part or the archive is past its limit.
type meter struct {
	from     io.Reader
	unpacker *unpacker
	limit    int64
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.from.Read(p)
	m.limit -= int64(n)
	m.unpacker.left -= int64(n)
	if m.limit < 0 || m.unpacker.left < 0 {
		return 0, errUnpacked
	}
	return n, err
}

// untilDone is a reader that ends with a context.
type untilDone struct {
	ctx  context.Context //nolint:containedctx // lives as long as one reading
	from io.Reader
}

func (w untilDone) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.from.Read(p)
}
