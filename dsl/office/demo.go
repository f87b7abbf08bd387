package office

// Demo returns the demonstration office of the sandbox and of transcripts, a new one with every call. Its name and address say
// that it is a sample, its phone numbers are zeros nobody can call. Its holidays are those of the civil service.
//
// It receives people Monday to Friday 07:30–11:30 and 13:00–17:00; residence work (cu_tru) also on Saturday morning, as the
// procedure says (facts/procedures.md §2.3).
func Demo() *Office {
	week := demoWeek()
	residence := week
	residence[5] = Day{{7*60 + 30, 11*60 + 30}}
	national, _ := National() // a test holds that the tables can be read
	return &Office{
		ID:     "1000000000000000001",
		Fields: demoFields(),
		Desks:  []string{"truc_ban", "cu_tru", "tiep_dan", "toi_pham"},
		DeskNames: map[string]string{
			"truc_ban": "Cán bộ trực ban", "cu_tru": "Cán bộ cư trú", "tiep_dan": "Cán bộ tiếp dân", "toi_pham": "Cán bộ điều tra",
		},
		Hours:  map[string]Week{"": week, "cu_tru": residence},
		Closed: map[int64]bool{},
		Opened: map[int64]Day{},

		OldWards: []string{"Phường Thạnh Xuân, Quận 12", "Phường Thới An, Quận 12"},
		Holidays: national,
	}
}

func demoWeek() Week {
	var w Week
	for d := range 5 {
		w[d] = Day{{7*60 + 30, 11*60 + 30}, {13 * 60, 17 * 60}}
	}
	return w
}

func demoFields() map[string]string {
	return map[string]string{
		"ten":                 "Công an phường Thới An (mẫu)",
		"dia_chi":             "Số 0 đường Mẫu, phường Thới An (mẫu)",
		"dien_thoai":          "028 0000 0000",
		"truc_ban":            "028 0000 0001",
		"gio_lam_viec":        "thứ Hai đến thứ Sáu, 7 giờ 30 đến 11 giờ 30 và 13 giờ đến 17 giờ; cư trú thêm sáng thứ Bảy (mẫu)",
		"ban_do":              "https://ban-do.example/thoi-an",
		"phuong":              "Phường Thới An",
		"tinh":                "Thành phố Hồ Chí Minh",
		"cap_tren":            "Công an thành phố (mẫu)",
		"dien_thoai_cap_tren": "028 0000 0002",
		"to_cao_can_bo":       "Công an thành phố (mẫu), điện thoại 028 0000 0002",
		"email":               "thoi-an@cong-an.example",
		"trang_web":           "https://thoi-an.example",
		"phuong_cu":           "Phường Thạnh Xuân Quận 12, Phường Thới An Quận 12",
	}
}
