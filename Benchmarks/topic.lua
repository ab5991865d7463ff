-- Topic pages at random: wrk … -- KIND KEY USERNAME TOPICS
-- KIND is `fresh` (a query that nobody asked before, so that no kept answer serves) or `member`.
local count = 0

function init(arguments)
    kind, key, username, topics = arguments[1], arguments[2], arguments[3], tonumber(arguments[4])
    math.randomseed(os.time())
    stamp = os.time() .. "-" .. math.random(1, 1000000)
    if kind == "member" then
        wrk.headers["Api-Key"] = key
        wrk.headers["Api-Username"] = username
    end
end

function request()
    count = count + 1
    local path = "/t/" .. math.random(1, topics) .. ".json"
    if kind == "fresh" then
        path = path .. "?fresh=" .. stamp .. count
    end
    return wrk.format("GET", path)
end
