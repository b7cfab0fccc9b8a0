"""大厅已有 papers the hall holds already are used again with the applicant's word: what it holds, his word, each use and each look."""
