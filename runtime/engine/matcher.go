package engine

// Match is which flow a text asks for: the likeliest one (an index, or program.None), whether that is sure enough to act on,
// which others are worth offering, and which further requests the same text makes, in the order written.
type Match struct {
	Flow   int
	Sure   bool
	Others []int
	Then   []int
}

// Matcher finds the flow that free text asks for. It must be deterministic and safe for concurrent use.
type Matcher interface {
	Match(text string) Match
}

// Detector recognises messages that come before everything else. Both methods return a flow's index or program.None, must be
// deterministic and safe for concurrent use.
type Detector interface {
	// Emergency returns the khẩn cấp flow that must answer text at once.
	Emergency(text string) int
	// Unkept returns the không giữ flow that recognises text as something not to be stored.
	Unkept(text string) int
}
