package redis

// tags are the hash tags of the partitions: the slot of tags[i] in a cluster is 64·i, so that any number of masters gets an
// even share. With fewer partitions every second, fourth, … is used.
var tags = [256]string{
	"plik", "p5fj", "ph8e", "p17d", "p3iu", "pbol", "pst3", "p342", "p852", "ptr", "pagt", "p8hu",
	"pvs4", "p635", "p6nr", "pghk", "p1nc", "phab", "p12eg", "pd9t", "p3m5", "pjb4", "p7x3", "p30r",
	"p81r", "pp2", "p4id", "p8l5", "pg1l", "p67u", "p6j2", "poe3", "phef", "p1jg", "p9z0", "p12ac",
	"p7ex", "p3i1", "p34v", "pb2o", "pt6", "p85v", "p8h1", "pmy", "p63q", "pg5h", "poa7", "p6n6",
	"p5bn", "pddw", "p1wh", "phxi", "p7a8", "p3mq", "p306", "p7xw", "ppv", "p816", "p8lq", "pi9",
	"p671", "po80", "pglo", "p6jv", "p961", "p5wh", "phmo", "p1bn", "p3xw", "p706", "p7mq", "p3a8",
	"pecp", "pep", "p87", "p8yw", "p2jv", "pclo", "pk80", "p271", "p92q", "ph4h", "p5jg", "p9o6",
	"pf2o", "p74v", "p7i1", "p3ex", "p8dx", "pa0", "p4xf", "pm3o", "p2n6", "pka7", "pc5h", "p23q",
	"ph0l", "p96u", "p9k2", "p5nc", "p70r", "p3x3", "pnb4", "p7m5", "pe4", "pec4", "p8y3", "p8s",
	"pke3", "p2j2", "p27u", "pc1l", "p57d", "p925", "p1fj", "phik", "p742", "pwt3", "pfol", "p7iu",
	"pat", "pegt", "p17ji", "pa6z", "pchk", "p2nr", "p235", "prs4", "p3he", "pjgd", "p79k", "pn6j",
	"p1k3", "p5gz", "ph9u", "p16t", "p2zd", "pc8u", "p6ob", "pvkk", "pe7j", "p1j", "p4l4", "p8ie",
	"pffu", "p18wv", "pbss", "p31b", "p1os", "pqkz", "p5zu", "p124", "pgtt", "p66e", "pcar", "p2gk",
	"p80b", "p453", "phm", "penm", "p7dh", "pfbq", "p35f", "pbww", "phdv", "p1kw", "p160", "ph91",
	"p62a", "pg4x", "p2co", "pcev", "p417", "p84f", "peji", "pli", "pbjx", "p3la", "pn2n", "p7yg",
	"p129t", "p1o7", "p12p", "p5z1", "pcxy", "pg08", "podg", "p6kf", "p5n", "pe3n", "p8ma", "p4h0",
	"p3yg", "pj2n", "p7la", "pfjx", "p1z1", "p52p", "p5o7", "p9jf", "p2kf", "pkdg", "pc08", "pgxy",
	"pmkx", "p4dy", "pa3n", "p8xg", "pfww", "p75f", "pbbq", "p3dh", "p93a", "p560", "p5kw", "pdmn",
	"pgev", "p6co", "pc4x", "p22a", "p8eh", "paji", "pyo", "pmvw", "p71b", "pfss", "p1a06", "pbfu",
	"p524", "p1zu", "pdij", "p5os", "p6gk", "pgar", "p26e", "pctt", "panm", "p8al", "pmrs", "p9c",
	"pj6j", "p39k", "pngd", "p7he", "p56t", "pd0m", "p1gz", "p5k3", "prkk", "p2ob", "pg8u", "p6zd",
	"pic5", "pefd", "p88k", "p4y2",
}
