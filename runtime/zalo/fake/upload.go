package fake

import (
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"time"

	"hoithoai/runtime/zalo"
)

// assetLife is how long an upload can be used (facts §2.6 [OFF D]).
const assetLife = 7 * 24 * time.Hour

// Asset is an upload.
type Asset struct {
	ID     string // attachment_id or token
	Office string
	Kind   string // image, gif, file
	Name   string // as uploaded
	Data   []byte
	At     time.Time
}

// Asset returns an upload by its attachment_id or token, also one that has expired.
func (s *Server) Asset(id string) (Asset, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.assets[id]
	return a, ok
}

// upload is POST v2.0/oa/upload/{image,gif,file}.
func (s *Server) upload(w http.ResponseWriter, r *http.Request, office string) {
	kind := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	name, data, reason := formFile(w, r)
	if reason == "" {
		if err := zalo.CheckUpload(r.URL.Path, data); err != nil {
			reason = err.Error()
		}
	}
	if reason != "" {
		s.refuse(w, r, -201, reason)
		return
	}
	a := Asset{ID: s.assetID(), Office: office, Kind: kind, Name: name, Data: data, At: s.cfg.Now()}
	s.mu.Lock()
	s.assets[a.ID] = a
	s.mu.Unlock()
	if kind == "file" {
		succeed(w, map[string]string{"token": a.ID})
		return
	}
	succeed(w, map[string]string{"attachment_id": a.ID})
}

// formFile reads the multipart field "file", the only one allowed.
func formFile(w http.ResponseWriter, r *http.Request) (name string, data []byte, reason string) {
	r.Body = http.MaxBytesReader(w, r.Body, 8<<20)
	f, header, err := r.FormFile("file")
	if err != nil {
		return "", nil, "field file is missing"
	}
	defer f.Close()
	data, err = io.ReadAll(f)
	if err != nil || len(r.MultipartForm.File) != 1 || len(r.MultipartForm.Value) != 0 {
		return "", nil, "upload has other fields or cannot be read"
	}
	return header.Filename, data, ""
}

// assetID returns an id as long as Zalo's.
func (s *Server) assetID() string {
	return base64.RawURLEncoding.EncodeToString([]byte(s.id() + s.id()))
}
