package zalo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
)

// ErrAttachment says that Zalo would refuse an attachment: its kind or its size.
var ErrAttachment = errors.New("attachment not allowed")

// UploadImage uploads a jpg or png and returns its attachment_id; a gif goes to the endpoint of its own.
func (c *Client) UploadImage(ctx context.Context, office, name string, data []byte) (string, error) {
	endpoint := EndpointUploadImage
	if bytes.HasPrefix(data, magicGIF) {
		endpoint = EndpointUploadGIF
	}
	d, err := c.upload(ctx, office, endpoint, name, data)
	if err != nil {
		return "", err
	}
	return required(endpoint, d.AttachmentID)
}

// UploadFile uploads a PDF, DOC or DOCX and returns its token. Name is what people will see.
func (c *Client) UploadFile(ctx context.Context, office, name string, data []byte) (string, error) {
	d, err := c.upload(ctx, office, EndpointUploadFile, name, data)
	if err != nil {
		return "", err
	}
	return required(EndpointUploadFile, d.Token)
}

// upload checks what it can before a call is spent. An upload may be repeated freely: nobody sees it, so nothing is Unknown.
func (c *Client) upload(ctx context.Context, office, endpoint, name string, data []byte) (sendData, error) {
	if err := CheckUpload(endpoint, data); err != nil {
		return sendData{}, &Error{Op: endpoint, Action: Fix, Unmade: true, Err: err}
	}
	body, contentType, err := form(name, data)
	if err != nil {
		return sendData{}, err
	}
	k := call{method: http.MethodPost, endpoint: endpoint, contentType: contentType, body: body, reads: true}
	a, err := c.do(ctx, office, k)
	if err != nil {
		return sendData{}, err
	}
	return a.data(), nil
}

func required(endpoint string, id scalar) (string, error) {
	if id == "" {
		return "", &Error{Op: endpoint, Action: Backoff, Err: errors.New("answer names no attachment")}
	}
	return string(id), nil
}

// form packs data as the multipart field "file" (facts §2.6 [OFF D; the curl of the gif page alone says "image"]).
func form(name string, data []byte) (body []byte, contentType string, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", path.Base(name))
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, "", fmt.Errorf("pack upload: %w", err)
	}
	return b.Bytes(), w.FormDataContentType(), nil
}

// The first bytes of the kinds Zalo takes (facts §2.2).
var (
	magicJPEG = []byte("\xff\xd8\xff")
	magicPNG  = []byte("\x89PNG\r\n\x1a\n")
	magicGIF  = []byte("GIF8")
	magicPDF  = []byte("%PDF-")
	magicDOC  = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") // OLE2
	magicZIP  = []byte("PK\x03\x04")                       // DOCX
)

// uploadRule is what an endpoint takes.
type uploadRule struct {
	endpoint string
	bytes    int
	magic    [][]byte
}

var uploadRules = []uploadRule{
	{EndpointUploadImage, ImageBytes, [][]byte{magicJPEG, magicPNG}},
	{EndpointUploadGIF, GIFBytes, [][]byte{magicGIF}},
	{EndpointUploadFile, FileBytes, [][]byte{magicPDF, magicDOC, magicZIP}},
}

// CheckUpload returns ErrAttachment (wrapped) for data that an upload endpoint refuses by its size or its kind.
func CheckUpload(endpoint string, data []byte) error {
	for _, rule := range uploadRules {
		if rule.endpoint != endpoint {
			continue
		}
		if len(data) > rule.bytes {
			return fmt.Errorf("%d bytes, at most %d: %w", len(data), rule.bytes, ErrAttachment)
		}
		for _, m := range rule.magic {
			if bytes.HasPrefix(data, m) {
				return nil
			}
		}
		return fmt.Errorf("content is of another kind: %w", ErrAttachment)
	}
	return fmt.Errorf("endpoint %s takes no upload: %w", strings.TrimPrefix(endpoint, "/"), ErrAttachment)
}
