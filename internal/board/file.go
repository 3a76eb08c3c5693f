package board

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"

	"github.com/indicator-tracker/tracker/internal/fault"
)

const (
	// mostUpload is how long what a form with a file sends may be, in bytes. The service's own
	// bound of a file is lower; what is beyond it is read to its end and thrown away, so that the
	// sender gets the answer.
	mostUpload = 64 << 20
	// mostText is how long a text of such a form may be, in bytes.
	mostText = 8 << 10
)

// sentFile is the file of a form, which comes as it is read.
type sentFile struct {
	io.Reader
	Name, MediaType string
}

// withFile reads what a form with a file sent: the texts before the file, which Posted gives, and
// hands on the file as it comes, so that it is never held in memory here.
func (v *visit) withFile(use func(sentFile) error) error {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, mostUpload)
	v.r.PostForm = url.Values{}
	form, err := v.r.MultipartReader()
	if err != nil {
		return badUpload()
	}
	for {
		part, err := form.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return noFile()
		case err != nil:
			return badUpload()
		}
		if part.FormName() == "file" {
			if part.FileName() == "" {
				return noFile()
			}
			lent := &loan{from: part}
			err := use(sentFile{lent, part.FileName(), mediaTypeOf(part)})
			lent.end()
			_, _ = io.Copy(io.Discard, part) // the answer is the same, whether the rest comes or not
			return err
		}
		text, err := io.ReadAll(io.LimitReader(part, mostText+1))
		if err != nil || len(text) > mostText || len(v.r.PostForm) > 20 {
			return badUpload()
		}
		v.r.PostForm.Add(part.FormName(), string(text))
	}
}

// loan lets a route of the service read a file until it is taken back: a route that has answered
// may still be reading.
type loan struct {
	mu    sync.Mutex
	from  io.Reader
	ended bool
}

// Read implements io.Reader. It fails with http.ErrBodyReadAfterClose once the loan has ended.
func (l *loan) Read(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return 0, http.ErrBodyReadAfterClose
	}
	return l.from.Read(b)
}

// end takes the file back, after a read that is under way.
func (l *loan) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = true
}

func badUpload() error {
	return problemOf(http.StatusBadRequest, fault.MalformedRequest, fault.Text{ZH: "表单没有传完或过长", EN: "the form did not arrive whole, or is too long"})
}

func noFile() error {
	return problemAt("file", fault.RequiredField, fault.Text{ZH: "请选择文件", EN: "choose a file"})
}

// mediaTypes are those of the files that plans and reports are read from, by how their names end:
// not every browser knows them.
var mediaTypes = map[string]string{
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".pdf": "application/pdf",
	".txt": "text/plain", ".html": "text/html", ".htm": "text/html",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".csv":  "text/csv", ".ndjson": "application/x-ndjson", ".json": "application/json",
}

func mediaTypeOf(part *multipart.Part) string {
	if known := mediaTypes[strings.ToLower(path.Ext(part.FileName()))]; known != "" {
		return known
	}
	return part.Header.Get("Content-Type")
}

// sendFile sends a file to a route as it comes, and reads the answer where into is not nil.
func (v *visit) sendFile(file sentFile, into any, query url.Values, parts ...string) error {
	header := http.Header{}
	if file.MediaType != "" {
		header.Set("Content-Type", file.MediaType)
	}
	q := request{method: http.MethodPost, path: apiPath(parts...), query: query, header: header, body: file.Reader}
	if into != nil {
		return v.answer(v.r.Context(), q, into)
	}
	answer, err := v.do(v.r.Context(), q)
	if err != nil {
		return err
	}
	return answer.Body.Close() // however long it is, it is not needed
}
