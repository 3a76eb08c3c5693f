package intake

import (
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"strconv"

	"github.com/indicator-tracker/tracker/internal/scratch"
)

// sharedStrings are the texts that cells name by number. Beyond what memory is for
// they are in a file.
type sharedStrings struct {
	ctx  context.Context
	ends []uint32 // where each text ends
	text []byte
	file *os.File
	out  *bufio.Writer
	size uint32
}

func (b *book) readStrings(part string) (s *sharedStrings, err error) {
	s = &sharedStrings{ctx: b.ctx}
	err = b.walk(part, mostUnpacked, func(e xml.StartElement, in *xmlReader) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := in.text("t")
		if err != nil {
			return err
		}
		return s.add(text)
	})
	if err == nil && s.out != nil {
		err = s.out.Flush()
	}
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *sharedStrings) add(text string) error {
	if len(s.ends) >= mostStrings {
		return beyond("工作簿最多 %d 个共用字符串", "a workbook may have at most %d shared strings", mostStrings)
	}
	s.size += uint32(len(text)) //nolint:gosec // all together are less than mostUnpacked
	s.ends = append(s.ends, s.size)
	if s.file == nil {
		if s.text = append(s.text, text...); len(s.text) <= mostOfStrings {
			return nil
		}
		return s.spill()
	}
	_, err := s.out.WriteString(text)
	return err
}

// spill moves the texts to a file.
func (s *sharedStrings) spill() (err error) {
	if s.file, err = scratch.Create(s.ctx); err != nil {
		return err
	}
	s.out = bufio.NewWriter(s.file)
	_, err = s.out.Write(s.text)
	s.text = nil
	return err
}

// at is the text of a number.
func (s *sharedStrings) at(number string) (string, error) {
	n, err := strconv.Atoi(number)
	if s == nil || err != nil || n < 0 || n >= len(s.ends) {
		return "", errXML
	}
	from := uint32(0)
	if n > 0 {
		from = s.ends[n-1]
	}
	if s.file == nil {
		return string(s.text[from:s.ends[n]]), nil
	}
	text := make([]byte, s.ends[n]-from)
	if _, err := s.file.ReadAt(text, int64(from)); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return string(text), nil
}

func (s *sharedStrings) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped writes characters that XML has no place for, such as a carriage return,
// as they are.
func unescaped(text string) string {
	return escape.ReplaceAllStringFunc(text, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 16)
		if err != nil {
			return e
		}
		return string(rune(n))
	})
}
