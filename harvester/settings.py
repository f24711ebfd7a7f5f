"""Scrapy's settings: polite, provable, and nothing that listens or runs code. A crawl job adds the source's own."""

BOT_NAME = "greysift"
SPIDER_MODULES = ["harvester.spiders"]

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Greysift"
CONCURRENT_REQUESTS = 4
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0.0  # TurnsMiddleware keeps the pace, across processes
DOWNLOAD_DELAY_JITTER = 0.0
RETRY_TIMES = 3
REDIRECT_MAX_TIMES = 8

DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = 128 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 300  # for a whole answer, however steadily it drips
DOWNLOAD_FAIL_ON_DATALOSS = True
DOWNLOAD_HANDLERS = {
    "http": "harvester.network.handler.GuardedDownloadHandler",
    "https": "harvester.network.handler.GuardedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "harvester.network.resolver.GuardedResolver"
GREYSIFT_REACH = "public"
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
HTTPCACHE_ENABLED = False

REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

DOWNLOADER_STATS = False  # the run's own figures come from what is stored
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # KeysMiddleware gives keys
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # HostsMiddleware is exact
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # RobotsMiddleware asks nobody whose rules are unread
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # PatienceMiddleware tries again
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # CaptureMiddleware decodes
    "harvester.middlewares.hosts.HostsMiddleware": 50,
    "harvester.middlewares.robots.RobotsMiddleware": 100,
    "harvester.middlewares.reservations.ReservationsMiddleware": 110,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,  # RedirectsMiddleware bears any Location
    "harvester.middlewares.redirects.RedirectsMiddleware": 600,
    "harvester.middlewares.patience.PatienceMiddleware": 550,
    "harvester.middlewares.keys.KeysMiddleware": 940,
    "harvester.middlewares.recorded.RecordedResponsesMiddleware": 950,
    "harvester.middlewares.robots.RobotsAnewMiddleware": 955,
    "harvester.middlewares.capture.CaptureMiddleware": 960,
    "harvester.middlewares.turns.TurnsMiddleware": 970,
}
SPIDER_MIDDLEWARES = dict.fromkeys(  # they look at what callbacks yield; here spiders await their answers
    (
        "scrapy.spidermiddlewares.start.StartSpiderMiddleware",
        "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware",
        "scrapy.spidermiddlewares.referer.RefererMiddleware",
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware",
        "scrapy.spidermiddlewares.depth.DepthMiddleware",
        "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware",
    )
)
ITEM_PIPELINES: dict[str, int] = {}  # spiders hand over what they find by themselves

LOG_LEVEL = "INFO"
LOG_FORMATTER = "harvester.log_format.LogFormat"
STATS_DUMP = False
LOG_INSTALL_ROOT_HANDLER = False  # whoever calls decides where logs go
