package zalo

// The shapes of a consultation message (facts §2.2 [OFF D/E]; buttons and lists §2.3, see Capabilities).

type outMessage struct {
	Recipient recipient `json:"recipient"`
	Message   content   `json:"message"`
}

type recipient struct {
	UserID string `json:"user_id"`
}

type content struct {
	Text       string         `json:"text,omitempty"`
	Attachment *attachmentOut `json:"attachment,omitempty"`
}

type attachmentOut struct {
	Type    string `json:"type"`
	Payload any    `json:"payload"`
}

type templatePayload struct {
	Type     string   `json:"template_type,omitempty"`
	Elements []any    `json:"elements,omitempty"`
	Buttons  []Button `json:"buttons,omitempty"`
}

type mediaElement struct {
	MediaType    string `json:"media_type"`
	URL          string `json:"url,omitempty"`
	AttachmentID string `json:"attachment_id,omitempty"`
}

type infoElement struct {
	Title    string `json:"title"`
	Subtitle string `json:"subtitle"`
	ImageURL string `json:"image_url"`
}

type listElement struct {
	Title  string     `json:"title"`
	Action listAction `json:"default_action"`
}

type listAction struct {
	Type    string `json:"type"`
	Payload string `json:"payload"`
}

type filePayload struct {
	Token string `json:"token"`
}

func template(p templatePayload) *attachmentOut { return &attachmentOut{Type: "template", Payload: p} }
