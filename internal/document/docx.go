package document

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// readDOCX reads the body of a WordprocessingML package (ISO/IEC 29500-1):
// paragraphs with the numbers that Word draws before them, and tables. Text
// boxes and accepted insertions are read; deletions, hidden text, tables of
// contents, headers, footers, notes and comments are not.
func readDOCX(ctx context.Context, data []byte, _ map[string]string) (located, error) {
	archive, err := openArchive(data)
	if err != nil {
		return located{}, broken("Word", err)
	}
	parts := newUnpacker(ctx, archive)
	body, err := readBody(parts)
	switch {
	case err == nil:
		return body, nil
	case ctx.Err() != nil:
		return located{}, ctx.Err()
	case errors.Is(err, errEncrypted):
		return located{}, passwordProtected()
	case errors.Is(err, errUnpacked), errors.Is(err, errDefined):
		return located{}, fault.Newf(fault.UnreadableFile,
			"文件解压后过大，不像一份计划", "the file unfolds to more than any plan holds").Because(err)
	case fault.Is(err, fault.UnreadableFile):
		return located{}, err
	}
	return located{}, broken("Word", err)
}

func readBody(parts *unpacker) (located, error) {
	main, err := mainPart(parts)
	if err != nil {
		return located{}, err
	}
	styles, err := readStyles(parts, path.Join(path.Dir(main), "styles.xml"))
	if err != nil {
		return located{}, err
	}
	numbers, err := readNumbering(parts, path.Join(path.Dir(main), "numbering.xml"))
	if err != nil {
		return located{}, err
	}
	b := &bodyReader{flow: newFlow(false), styles: styles, numbers: numbers}
	if err := parts.with(main, func(r io.Reader) error { return walkXML(r, b) }); err != nil {
		return located{}, err
	}
	return b.flow.finish()
}

// mainPart is the name of the part that the package names as its document.
func mainPart(parts *unpacker) (string, error) {
	name := "word/document.xml"
	err := parts.with("_rels/.rels", func(r io.Reader) error {
		return walkXML(r, starts(func(_ elements, e xml.StartElement) error {
			if e.Name.Local == "Relationship" && strings.HasSuffix(attribute(e, "Type"), "/officeDocument") {
				name = strings.TrimPrefix(path.Clean("/"+attribute(e, "Target")), "/")
			}
			return nil
		}))
	})
	if errors.Is(err, errNoPart) {
		err = nil
	}
	return name, err
}
