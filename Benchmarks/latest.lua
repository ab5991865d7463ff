-- The latest topics: wrk … -- KIND KEY USERNAME, with KIND as in topic.lua.
local count = 0

function init(arguments)
    kind, key, username = arguments[1], arguments[2], arguments[3]
    math.randomseed(os.time())
    stamp = os.time() .. "-" .. math.random(1, 1000000)
    if kind == "member" then
        wrk.headers["Api-Key"] = key
        wrk.headers["Api-Username"] = username
    end
end

function request()
    count = count + 1
    local path = "/latest.json"
    if kind == "fresh" then
        path = path .. "?fresh=" .. stamp .. count
    end
    return wrk.format("GET", path)
end
