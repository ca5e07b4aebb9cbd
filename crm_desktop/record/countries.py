"""Countries and regions by the codes hotel systems write (ISO 3166: CHN, CN), as papers and cards name them."""

from __future__ import annotations

from functools import cache

from crm_desktop.record.text import Own, Text

NAMES = """
CHN CN 中国 China|HKG HK 中国香港 Hong Kong, China|MAC MO 中国澳门 Macao, China|TWN TW 中国台湾 Taiwan, China
JPN JP 日本 Japan|KOR KR 韩国 South Korea|PRK KP 朝鲜 North Korea|MNG MN 蒙古 Mongolia|SGP SG 新加坡 Singapore|MYS MY 马来西亚 Malaysia
THA TH 泰国 Thailand|VNM VN 越南 Vietnam|PHL PH 菲律宾 Philippines|IDN ID 印度尼西亚 Indonesia|KHM KH 柬埔寨 Cambodia|LAO LA 老挝 Laos
MMR MM 缅甸 Myanmar|BRN BN 文莱 Brunei|TLS TL 东帝汶 Timor-Leste|IND IN 印度 India|PAK PK 巴基斯坦 Pakistan|BGD BD 孟加拉国 Bangladesh
LKA LK 斯里兰卡 Sri Lanka|NPL NP 尼泊尔 Nepal|MDV MV 马尔代夫 Maldives|BTN BT 不丹 Bhutan|AFG AF 阿富汗 Afghanistan|KAZ KZ 哈萨克斯坦 Kazakhstan
UZB UZ 乌兹别克斯坦 Uzbekistan|KGZ KG 吉尔吉斯斯坦 Kyrgyzstan|TJK TJ 塔吉克斯坦 Tajikistan|TKM TM 土库曼斯坦 Turkmenistan
IRN IR 伊朗 Iran|IRQ IQ 伊拉克 Iraq|ISR IL 以色列 Israel|PSE PS 巴勒斯坦 Palestine|JOR JO 约旦 Jordan|LBN LB 黎巴嫩 Lebanon|SYR SY 叙利亚 Syria
SAU SA 沙特阿拉伯 Saudi Arabia|ARE AE 阿联酋 United Arab Emirates|QAT QA 卡塔尔 Qatar|KWT KW 科威特 Kuwait|BHR BH 巴林 Bahrain|OMN OM 阿曼 Oman
YEM YE 也门 Yemen|TUR TR 土耳其 Türkiye|GEO GE 格鲁吉亚 Georgia|ARM AM 亚美尼亚 Armenia|AZE AZ 阿塞拜疆 Azerbaijan|CYP CY 塞浦路斯 Cyprus
RUS RU 俄罗斯 Russia|UKR UA 乌克兰 Ukraine|BLR BY 白俄罗斯 Belarus|MDA MD 摩尔多瓦 Moldova|POL PL 波兰 Poland|CZE CZ 捷克 Czechia
SVK SK 斯洛伐克 Slovakia|HUN HU 匈牙利 Hungary|ROU RO 罗马尼亚 Romania|BGR BG 保加利亚 Bulgaria|SRB RS 塞尔维亚 Serbia|HRV HR 克罗地亚 Croatia
SVN SI 斯洛文尼亚 Slovenia|BIH BA 波黑 Bosnia and Herzegovina|MNE ME 黑山 Montenegro|MKD MK 北马其顿 North Macedonia|ALB AL 阿尔巴尼亚 Albania
GRC GR 希腊 Greece|ITA IT 意大利 Italy|VAT VA 梵蒂冈 Vatican City|SMR SM 圣马力诺 San Marino|MLT MT 马耳他 Malta|ESP ES 西班牙 Spain|PRT PT 葡萄牙 Portugal
AND AD 安道尔 Andorra|FRA FR 法国 France|MCO MC 摩纳哥 Monaco|BEL BE 比利时 Belgium|NLD NL 荷兰 Netherlands|LUX LU 卢森堡 Luxembourg
DEU DE 德国 Germany|AUT AT 奥地利 Austria|CHE CH 瑞士 Switzerland|LIE LI 列支敦士登 Liechtenstein|GBR GB 英国 United Kingdom|IRL IE 爱尔兰 Ireland
DNK DK 丹麦 Denmark|NOR NO 挪威 Norway|SWE SE 瑞典 Sweden|FIN FI 芬兰 Finland|ISL IS 冰岛 Iceland|EST EE 爱沙尼亚 Estonia|LVA LV 拉脱维亚 Latvia
LTU LT 立陶宛 Lithuania|USA US 美国 United States|CAN CA 加拿大 Canada|MEX MX 墨西哥 Mexico|CUB CU 古巴 Cuba|JAM JM 牙买加 Jamaica
DOM DO 多米尼加 Dominican Republic|PRI PR 波多黎各 Puerto Rico|GTM GT 危地马拉 Guatemala|HND HN 洪都拉斯 Honduras|SLV SV 萨尔瓦多 El Salvador
NIC NI 尼加拉瓜 Nicaragua|CRI CR 哥斯达黎加 Costa Rica|PAN PA 巴拿马 Panama|COL CO 哥伦比亚 Colombia|VEN VE 委内瑞拉 Venezuela|ECU EC 厄瓜多尔 Ecuador
PER PE 秘鲁 Peru|BOL BO 玻利维亚 Bolivia|BRA BR 巴西 Brazil|PRY PY 巴拉圭 Paraguay|URY UY 乌拉圭 Uruguay|ARG AR 阿根廷 Argentina|CHL CL 智利 Chile
EGY EG 埃及 Egypt|LBY LY 利比亚 Libya|TUN TN 突尼斯 Tunisia|DZA DZ 阿尔及利亚 Algeria|MAR MA 摩洛哥 Morocco|SDN SD 苏丹 Sudan|ETH ET 埃塞俄比亚 Ethiopia
KEN KE 肯尼亚 Kenya|TZA TZ 坦桑尼亚 Tanzania|UGA UG 乌干达 Uganda|RWA RW 卢旺达 Rwanda|NGA NG 尼日利亚 Nigeria|GHA GH 加纳 Ghana
CIV CI 科特迪瓦 Côte d'Ivoire|SEN SN 塞内加尔 Senegal|CMR CM 喀麦隆 Cameroon|COD CD 刚果（金） Congo (Kinshasa)|COG CG 刚果（布） Congo (Brazzaville)
GAB GA 加蓬 Gabon|AGO AO 安哥拉 Angola|ZMB ZM 赞比亚 Zambia|ZWE ZW 津巴布韦 Zimbabwe|MOZ MZ 莫桑比克 Mozambique|NAM NA 纳米比亚 Namibia
BWA BW 博茨瓦纳 Botswana|ZAF ZA 南非 South Africa|MDG MG 马达加斯加 Madagascar|MUS MU 毛里求斯 Mauritius|SYC SC 塞舌尔 Seychelles
AUS AU 澳大利亚 Australia|NZL NZ 新西兰 New Zealand|FJI FJ 斐济 Fiji|PNG PG 巴布亚新几内亚 Papua New Guinea|WSM WS 萨摩亚 Samoa|TON TO 汤加 Tonga
"""


@cache
def _named() -> dict[str, Text]:
    found: dict[str, Text] = {}
    for entry in NAMES.strip().replace("\n", "|").split("|"):
        three, two, chinese, english = entry.split(" ", 3)
        found[three] = found[two] = Own(english, chinese)
    return found


def country(code: str) -> Text | str:
    """The country of a code; what is no code of one stays as it was written."""
    return _named().get(code.strip().upper(), code)
