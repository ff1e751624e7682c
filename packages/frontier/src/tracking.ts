/** Query parameters that tell who sent the reader or which visit this is, and never which page it is. */

/** Families: every parameter whose name begins so, in lower case. */
const TRACKING_PREFIXES = [
  'utm_',
  'mtm_',
  'hsa_',
  'piwik_',
  'matomo_',
  '_x_tr_',
  'ga_',
  'vero_',
  '__hs',
  '_hs',
  'itm_',
  'hmb_',
];

/** Single names in lower case, grouped by who adds them. */
const TRACKING_NAMES = new Set(
  [
    // Click ids of advertising and social networks.
    'gclid gclsrc dclid gbraid wbraid gad gad_source gad_campaignid srsltid _ga _gl fbclid fb_action_ids fb_action_types',
    'fb_comment_id fb_ref fb_source mibextid igshid igsh msclkid twclid ttclid yclid ysclid _openstat li_fat_id epik',
    'irclickid ef_id s_kwcid rb_clickid wickedid zanpid gidzl zarsrc action_object_map action_type_map action_ref_map',
    '__twitter_impression xing_share tduid awc soc_src soc_trk sb_referer_host _gac gs_l',
    // Newsletters, customer databases and link shorteners.
    'mc_cid mc_eid mc_tc mkt_tok oly_anon_id oly_enc_id sc_cid hsctatracking _bhlid _branch_match_id _branch_referrer',
    '_ke _kx __s ss_source ss_campaign_id ss_campaign_name ss_email_id sc_src sc_llid sc_lid sc_uid bxid cndid sms_ss awesm',
    '__readwiselocation ml_subscriber ml_subscriber_hash dm_i vgo_ee trk trkcampaign ck_subscriber_id',
    // Analytics: AT Internet, Adobe, Webtrends, Matomo, comScore, Yahoo.
    'xtor xts xtref at_medium at_campaign at_campaign_type at_creation at_custom1 at_custom2 at_custom3 at_custom4',
    'at_format at_link_id at_link_origin at_link_type at_ptr_name at_bbc_team at_variant s_cid cmpid icid ocid wt_mc',
    'wt.mc_id wt_zmc wt.nav wt.tsrc pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid pk_vid wtrid ncid ns_mchannel',
    'ns_source ns_campaign ns_linkname ns_fee guccounter guce_referrer guce_referrer_sig vn_source vn_medium vn_campaign',
    'vn_term vn_content vn_thumb vn_zone ref_src ref_url smid smtyp',
    // Names that several programs share.
    'campaign_content campaign_id campaign_medium campaign_name campaign_source campaign_term',
  ].flatMap((names) => names.split(' ')),
);

/** Names that carry a server's session, whatever the value. */
const SESSION_NAMES = new Set(
  'phpsessid jsessionid sessionid session_id sessid cfid cftoken oscsid zenid xtcsid'.split(' '),
);
const SESSION_PREFIX = 'aspsessionid';
/** Names that carry a session only where the value looks like one: at least 26 letters and digits, as PHP writes them. */
const PERHAPS_SESSION_NAMES = new Set(['sid', 'session', 'sess']);
const SESSION_VALUE = /^(?=.*\d)[0-9a-z]{26,}$/i;

/** Parameters that sign the others: a query that has one is left in its own order and spelling, or the signature breaks. */
const SIGNATURE_NAMES = new Set(
  'signature sig x-amz-signature x-goog-signature hmac hdnts hdnea __token__ policy'.split(' '),
);

/**
 * True where a parameter can go without changing the page. `hosts` are the host names of the page and of the page that
 * linked to it: `ref` goes only where it names one of them, since elsewhere it may choose a version or a branch.
 */
export function isTrackingParameter(name: string, value: string, hosts: readonly string[]): boolean {
  let key = name.toLowerCase();
  while (key.startsWith('amp;')) key = key.slice(4);
  if (TRACKING_NAMES.has(key) || TRACKING_PREFIXES.some((prefix) => key.startsWith(prefix))) return true;
  return key === 'ref' && hosts.includes(value.toLowerCase());
}

/** True where a parameter carries a session id. */
export function isSessionParameter(name: string, value: string): boolean {
  const key = name.toLowerCase();
  if (SESSION_NAMES.has(key) || key.startsWith(SESSION_PREFIX)) return true;
  return PERHAPS_SESSION_NAMES.has(key) && SESSION_VALUE.test(value);
}

/** True where a parameter signs the query. */
export function isSignatureParameter(name: string): boolean {
  return SIGNATURE_NAMES.has(name.toLowerCase());
}
