package bind

// conditionCircle: a condition does not read itself, not even through others.
func (b *binder) conditionCircle(p *pending) {
	b.lose(p.lostIn(), p.decl.Name.Text)
	b.fail(codeCondCircle, p.decl.Name.Span,
		say("Điều kiện “%s” đọc vòng về chính nó.", "The condition “%s” reads itself in a circle.", p.decl.Name.Text),
		say("Viết lại để không điều kiện nào phải chờ kết quả của chính nó.", "Rewrite it so that no condition waits for its own result."))
}
