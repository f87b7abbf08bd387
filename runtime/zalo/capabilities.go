package zalo

// Capabilities says what one office's messages may use. Much of it is unproven on v3 of the API, so it can be switched off by
// office, and DefaultCapabilities is the safe start. Everything that is off is said in words: nothing is lost but comfort.
type Capabilities struct {
	// Buttons puts buttons under a text, as attachment{type: template, payload: {buttons}} without template_type: the shape
	// production code F sends to v3 [LIVE F]. On.
	Buttons bool
	// ButtonsWithTemplateType adds template_type "button" to that shape [ONCE O]. Off.
	ButtonsWithTemplateType bool
	// List shows choices as a list of v2's shape instead of buttons; the PHP SDK says v3 does not take it. Off.
	List bool
	// RequestInfo asks for name and telephone with Zalo's own form [OFF D]; it needs InfoImage. On.
	RequestInfo bool
	// Images and Files send attachments [OFF D]. On. Off: the picture's description, the file's name.
	Images, Files bool
	// InfoImage is the public address of the picture that the form requires [OFF D]. Empty: the form is not used.
	InfoImage string
}

// DefaultCapabilities returns what an office starts with.
func DefaultCapabilities() Capabilities {
	return Capabilities{Buttons: true, RequestInfo: true, Images: true, Files: true}
}
