"""The measures, type sizes and colours of the drawn map: millimetres of the sheet, points of type, roles of colour."""

POINT = 25.4 / 72
SHEET_WIDTH, SHEET_HEIGHT = 420.0, 297.0
SIDE, TOP, BOTTOM = 12.0, 9.0, 8.0
SHEET_GAP = 6.0

LABEL, LABEL_DENSE = 31.0, 27.0
GUTTER, GUTTER_DENSE = 3.2, 2.2
DENSE_ABOVE = 12
MOST_STEPS, MOST_STAGES = 14, 7
COLUMN_LEAST, COLUMN_MOST, STAGE_COLUMN_MOST = 24.9, 58.0, 90.0
CARD_MOST = 62.0
PAD, RIGHT_PAD = 2.0, 1.5
AXIS_GAP = 2.5

BIG, MIDDLE, SMALL = 22, 13, 9
LEADING = {BIG: 8.8, MIDDLE: 5.4, SMALL: 3.75}
ASCENT, DESCENT = 0.72, 0.2
REGULAR, SEMIBOLD, ITALIC = "regular", "semibold", "italic"
FIRST_BASELINE = 5.0
MARK_RISE = 1.1

CURVE_LEAST, CURVE_LEAST_FULL, CURVE_LEAST_SMALL, CURVE_MOST = 62.0, 53.0, 47.0, 96.0
QUOTE_LETTERS = 90
MOST_CHANNELS = 10
SOLID_FROM = 30
NEAR_ZERO = 0.15

DASHES = {"dash": (3.2, 2.2), "dot": (0.01, 2.2)}
BACKING = {"A": "", "B": "dash", "C": "dash", "D": "dot"}

COLOURS = {
    "paper": "#FFFFFF",
    "ink": "#16202D",
    "muted": "#566171",
    "bar": "#5F6C7E",
    "rule": "#C3CAD4",
    "hair": "#DEE3EA",
    "tint": "#F4F6F9",
    "tint2": "#DFE5ED",
    "spot": "#FFF4E8",
    "blue": "#1D5FA6",
    "bluetext": "#174E8A",
    "bluefill": "#DCE9F6",
    "bluefill2": "#B3CFEC",
    "orange": "#D9690A",
    "orangetext": "#9C4300",
    "orangefill": "#FDE5CF",
    "orangefill2": "#F9C79B",
}
TEXT_TONES = ("ink", "muted", "bluetext", "orangetext")
MARK_TONES = ("ink", "bar", "blue", "orange")
GROUNDS = ("paper", "tint", "spot")
