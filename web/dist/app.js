"use strict";(()=>{var xa=Object.defineProperty;var va=(t,e)=>{for(var n in e)xa(t,n,{get:e[n],enumerable:!0})};function Gt(t=Date.now()){let e=crypto.getRandomValues(new Uint8Array(16));for(let i=0;i<6;i++)e[i]=Math.floor(t/2**(8*(5-i)))%256;e[6]=112|e[6]&15,e[8]=128|e[8]&63;let n=[...e].map(i=>i.toString(16).padStart(2,"0")).join("");return[n.slice(0,8),n.slice(8,12),n.slice(12,16),n.slice(16,20),n.slice(20)].join("-")}var Ea=["myRole","unreadCount","mentionCount","readSeq","muted","mutedUntil","peer"];function Vn(t,e=t.seq){return{id:t.id,chat:t,position:e,from:e+1,messages:[],typing:new Map,streams:new Map,readByAllSeq:0,stale:t.myRole===void 0}}function Tt(t,e){let n=Object.fromEntries(Ea.filter(i=>t.chat[i]!==void 0).map(i=>[i,t.chat[i]]));t.chat=e.myRole===void 0?{...e,...n}:e}var Sa=(t,e)=>{let[n,i]=[0,t.length];for(;n<i;){let r=n+i>>1;t[r].seq<e?n=r+1:i=r}return n},ct=(t,e)=>t.messages.find(n=>n.id===e);function Je(t,e){if(e.seq<t.from)return!1;let n=Sa(t.messages,e.seq),i=t.messages[n];return i?.seq!==e.seq?t.messages.splice(n,0,e):i.updatedSeq<=e.updatedSeq&&(t.messages[n]=e),!0}function $i(t,e){t.from=e.hasMore&&e.messages[0]?Math.min(t.from,e.messages[0].seq):1;for(let n of e.messages)Je(t,n)}function Wi(t,e,n){let i=t.chat={...t.chat};i.messageCount++,i.lastMessage=e,i.updatedAt=e.createdAt,!(e.sender.id===n||e.seq<=(i.readSeq??0))&&(i.unreadCount=(i.unreadCount??0)+1,e.mentions.includes(n)&&(i.mentionCount=(i.mentionCount??0)+1))}function Gi(t,e,n,i){let r=t.chat={...t.chat};r.messageCount=Math.max(0,r.messageCount-1);let o=n.sender.id!==i&&n.seq>(r.readSeq??0);o&&(r.unreadCount=Math.max(0,(r.unreadCount??0)-1)),o&&!e?t.stale=!0:o&&e?.mentions.includes(i)&&(r.mentionCount=Math.max(0,(r.mentionCount??0)-1)),r.lastMessage?.id===n.id&&(r.lastMessage=t.messages.findLast(a=>!a.deletedAt),!r.lastMessage&&t.from>1&&(t.stale=!0))}function Vi(t,e,n,i){t.chat.lastMessage?.id===n.id&&(t.chat={...t.chat,lastMessage:n});let[r,o]=[e?.mentions.includes(i),n.mentions.includes(i)];n.sender.id!==i&&n.seq>(t.chat.readSeq??0)&&r!==o&&(t.stale=!0)}function Yi(t,e,n){if(e<=(t.chat.readSeq??0))return;if(t.chat={...t.chat,readSeq:e},e+1<t.from)return void(t.stale=!0);let i=t.messages.filter(r=>r.seq>e&&r.sender.id!==n&&!r.deletedAt);t.chat.unreadCount=i.length,t.chat.mentionCount=i.filter(r=>r.mentions.includes(n)).length}function Ki(t,e,n,i){return t.map(r=>{let o=e?.reactions.find(({emoji:u})=>u===r.emoji),s=n.user.id===i&&n.emoji===r.emoji?n.type==="REACTION_ADDED":o?.me||r.userIds.includes(i),{me:d,...m}=r;return s?{...m,me:!0}:m})}var Vt=class{id;#e;constructor(e,n){[this.#e,this.id]=[e,n]}get room(){return this.#e.room(this.id)}get object(){return this.room.chat}get name(){return this.object.name||(this.object.peer?.displayName??"")}get messages(){return this.room.messages}get pending(){let e=new Set(this.room.messages.map(({id:n})=>n));return this.#e.outbox.of(this.id).filter(({id:n})=>!e.has(n))}get typingUsers(){return[...this.room.typing.values()]}send(e){let n=typeof e=="string"?{content:e}:e;return this.#e.outbox.send(this.id,{...n,id:n.id??Gt()})}async older(e=50){let{from:n}=this.room;if(n<=1)return!1;let i=await this.#t("GET_CHAT_HISTORY",{before:n,limit:e});return $i(this.room,i),this.#e.touch(this.id),this.room.from>1}message(e){return ct(this.room,e)}async members(){if(this.room.members)return this.room.members;let e=new Map;for(let n,i=!0;i||n;i=!1){let r=await this.#t("GET_MEMBERS",{limit:200,cursor:n});for(let o of r.members)e.set(o.user.id,o);n=r.nextCursor}return this.room.members=e,this.#e.touch(this.id),e}edit(e,n){return this.#t("EDIT_MESSAGE",{messageId:e,content:n})}delete(e,n){return this.#t("DELETE_MESSAGE",{messageId:e,reason:n})}react(e,n){return this.#t("ADD_REACTION",{messageId:e,emoji:n})}unreact(e,n){return this.#t("REMOVE_REACTION",{messageId:e,emoji:n})}read(e){return this.#t("MARK_READ",{seq:e})}async typing(e=!0){this.#e.status.phase==="online"&&await this.#t("SET_TYPING",{typing:e}).catch(()=>{})}leave(){return this.#t("LEAVE_CHAT",{})}async*incoming(){for await(let{chat:e,message:n}of this.#e.events("message"))e.id===this.id&&(yield n)}async stream(e={}){let{messageId:n}=await this.#t("START_STREAM",{message:e});return new Yn(this,n,i=>this.#e.command(i))}#t(e,n){let i={type:e,chatId:this.id,...n};return this.#e.command(i)}},Yn=class{id;#e;#t;constructor(e,n,i){[this.#e,this.id,this.#t]=[e,n,i]}async write(e){await this.#t({type:"APPEND_STREAM",chatId:this.#e.id,messageId:this.id,content:e})}async end(e){return(await this.#t({type:"END_STREAM",chatId:this.#e.id,messageId:this.id,content:e})).message}};var ve=class extends Error{name="PichatError"},le=class extends ve{name="CommandError";code;command;field;retryAfterMs;constructor(e){super(`${e.code}: ${e.error}`),this.code=e.code,this.command=e.command,this.field=e.field,this.retryAfterMs=e.retryAfterMs}},Ct=class extends ve{name="ConnectionLost"},we=class extends ve{name="Closed";closeCode;constructor(e,n){super(e),this.closeCode=n}},be=class extends we{name="AuthenticationError";code;constructor(e,n,i){super(e,i),this.code=n}},Mt=class extends ve{name="TimedOut"};function Yt(t,e,n=Math.random){return n()*Math.min(t.maxMs,t.baseMs*2**Math.min(e,30))}function Qi(t,e,n,i=Math.random){switch(t){case 4400:return{stop:"the server does not understand this client (4400)"};case 4403:return{stop:"this user may not connect (4403)"};case 4401:return{renew:!0};case 1012:return{retry:i()*Math.min(5e3,n.maxMs)};case 4429:return{retry:Math.min(1e4,n.maxMs)+Yt({...n,baseMs:1e4},e,i)};default:return{retry:Yt(n,e,i)}}}async function Zi(t){return t||(globalThis.WebSocket?globalThis.WebSocket:(await import("ws")).default)}var Kt=class{ended;#e;#t;constructor(e,n){this.#e=e,this.ended=new Promise(i=>this.#t=i),e.onmessage=(i=>n(String(i.data))),e.onclose=(i=>this.#t({code:i.code,reason:i.reason})),e.onerror=(()=>{})}send(e){this.#e.readyState===1&&this.#e.send(e)}drop(e,n){let i=e===1e3;this.#t({code:e,reason:n}),this.#e.onmessage=null,!i&&this.#e.terminate?this.#e.terminate():this.#e.close(i?1e3:void 0)}};var Ta={baseMs:500,maxMs:3e4},Ca=1e4,Ma=2e4,Kn={code:4408,reason:"nothing was heard for too long"},Qt=class{status={phase:"connecting"};#e;#t;#n;#i;#o;#a;#r=0;#l=!1;#s=!1;#c=()=>{};#u=new Set;#d;#m=3e4;#h=!1;#g=0;constructor(e,n,i){[this.#e,this.#t,this.#n]=[e,n,i],this.#i={...Ta,...e.backoff},this.#o=e.patienceMs??Ca}start(){return new Promise((e,n)=>{let i=this.#n.status;this.#n.status=r=>{r.phase==="online"&&e(),r.phase==="closed"&&n(r.reason??new we("the client was closed")),i(r)},this.#l||this.#b()})}wake(){this.#c(),this.status.phase==="online"&&this.#k()}close(){this.#s||(this.#s=!0,this.#a?.drop(1e3,"goodbye"),this.#c(),this.#l||this.#T({phase:"closed"}))}async#b(){this.#l=!0;let e;for(;!this.#s;){this.#T({phase:"connecting"});try{await this.#L(await this.#f())}catch(n){e=n;break}}this.#l=!1,this.#T({phase:"closed",reason:e})}async#f(){let e={},n=await Zi(this.#e.WebSocket);if(this.#s)return 0;let i=new Kt(new n(this.#e.url,["pichat.v1"]),d=>this.#v(d,e));this.#a=i;let r=new Promise(d=>e.hello=d),o=this.#M(()=>i.drop(Kn.code,"no CONNECTED in time"),this.#o),a=this.#p(i,r,o),s=await Promise.race([i.ended,a.then(()=>i.ended)]).catch(async d=>{throw i.drop(1e3,"giving up"),this.#A(),d});return a.catch(()=>{}),this.#A(),this.#s?0:this.#x(s)}async#p(e,n,i){let r=await n;this.#I(i),this.#m=r.heartbeatMs||this.#m,this.#n.requests.open(o=>e.send(o),r.limits);try{await this.#y(),await this.#n.catchUp()}catch(o){if(o instanceof we)throw o;return o instanceof le?e.drop(1013,o.message):void 0}this.#a!==e||this.#s||(this.#r=0,this.#T({phase:"online"}),this.#n.requests.ready(),this.#E())}async#y(){for(;;)if(await this.#t.alone(async()=>this.#w(await this.#t.next())))return}async#w(e){try{return await this.#n.requests.ask(e,{urgent:!0}),!0}catch(n){if(!(n instanceof le)||this.#t.isPassing(n))throw n;return this.#t.refused(n),!1}}#x(e){let n=Qi(e.code,this.#r++,this.#i);if("stop"in n)throw new we(e.reason?`${n.stop}: ${e.reason}`:n.stop,e.code);return"retry"in n?n.retry:(this.#t.spent(e.reason||"the credentials are no longer good (4401)"),Yt(this.#i,this.#r))}#v(e,n){this.#S();let i=JSON.parse(e);if(i.type==="CONNECTED")return n.hello?.(i);i.type==="TOKEN_EXPIRING"&&Date.now()-this.#g>Ma&&this.#C(),i.type!=="ERROR"&&this.#n.hear(i);let r=this.#n.requests.answer(i);i.type==="ERROR"&&!r&&this.#n.problem(new le(i))}#S(){clearTimeout(this.#d),this.#d=setTimeout(()=>this.#k(),this.#m)}#k(){let e=this.#a;this.#n.requests.ask({type:"PING"},{urgent:!0,timeoutMs:this.#o}).catch(i=>i.name==="TimedOut"&&e?.drop(Kn.code,Kn.reason))}#E(){let e=this.#t.renewIn();e!==void 0&&this.#M(()=>{this.#C()},Math.min(e,2**31-1))}async#C(){if(!this.#h){this.#h=!0,this.#g=Date.now();try{await this.#t.alone(async()=>{let e=await this.#t.renewal();e&&await this.#n.requests.ask(e,{urgent:!0})}),this.#E()}catch(e){e instanceof le&&this.#n.problem(new be(e.message,e.code))}finally{this.#h=!1}}}async#L(e){this.#s||(this.#T({phase:"waiting",retryAt:Date.now()+e}),await new Promise(n=>{let i=this.#M(n,e);this.#c=()=>{this.#I(i),n()}}),this.#c=()=>{})}#T(e){this.status=e,this.#n.status(e)}#A(){this.#a=void 0,clearTimeout(this.#d);for(let e of this.#u)clearTimeout(e);this.#u.clear(),this.#n.lost()}#M(e,n){let i=setTimeout(()=>{this.#u.delete(i),e()},n);return this.#u.add(i),i}#I(e){clearTimeout(e),this.#u.delete(e)}};var Aa=6e4,Ia=5e3,Zt=class{#e;#t;#n=0;#i=!1;#o=0;#a=!1;#r="token";constructor(e){this.#e=e,this.#t={...e.session?.load()}}alone(e){return this.#e.session?.exclusive?this.#e.session.exclusive(e):e()}async next(){switch(this.#s(),this.#r=this.#l(),this.#r){case"access":return{type:"AUTHENTICATE",token:this.#t.accessToken};case"refresh":return{type:"REFRESH_TOKEN",refreshToken:this.#t.refreshToken};case"token":return{type:"AUTHENTICATE",token:await this.#u()};case"login":return{type:"LOG_IN",...this.#c()};case"signUp":return this.#n++,{type:"SIGN_UP",...this.#e.signUp}}}async renewal(){return this.#s()?{type:"AUTHENTICATE",token:this.#t.accessToken}:this.#t.refreshToken?{type:"REFRESH_TOKEN",refreshToken:this.#t.refreshToken}:typeof this.#e.token=="function"?{type:"AUTHENTICATE",token:await this.#u()}:void 0}isPassing(e){return e.code==="RATE_LIMITED"?this.#a||this.#r!=="login"&&this.#r!=="signUp":e.code==="UNAVAILABLE"||e.code==="INTERNAL"}accepted(e){if(this.#a=!0,this.#o=0,this.#r==="signUp"&&(this.#i=!0),!e.accessToken)return;let{accessToken:n,accessTokenExpiresAt:i,refreshToken:r,refreshTokenExpiresAt:o}=e;this.#t={accessToken:n,accessTokenExpiresAt:i,refreshToken:r,refreshTokenExpiresAt:o},this.#e.session?.save(this.#t)}refused(e){this.#o++;let n=this.#r;if(n==="access")this.#t={...this.#t,accessToken:void 0};else if(n==="refresh")this.forget();else if(n==="signUp"&&e.code==="CONFLICT"&&this.#n>1)return void(this.#i=!0);let i=n==="token"&&typeof this.#e.token=="function"&&this.#o<3;if(e.code==="FORBIDDEN"||!(i||n==="access"||n==="refresh"))throw new be(e.message,e.code)}spent(e){if(this.#t.accessToken||this.#t.refreshToken)this.#t={...this.#t,accessToken:void 0},this.#e.session?.save(this.#t);else if(typeof this.#e.token=="string"&&!this.#c())throw new be(e,void 0,4401);if(++this.#o>3)throw new be(e,void 0,4401)}forget(){this.#t={},this.#e.session?.save(void 0)}renewIn(e=Date.now()){let{accessTokenExpiresAt:n,refreshToken:i}=this.#t;if(!n||!i)return;let r=Date.parse(n)-e;return Math.max(0,r-Math.min(Aa,r/3))}#l(){let{accessToken:e,accessTokenExpiresAt:n,refreshToken:i}=this.#t,r=n?Date.parse(n)-Date.now():1/0;if(e&&(r>Ia||!i))return"access";if(i)return"refresh";if(this.#e.token!==void 0)return"token";if(this.#e.signUp&&!this.#i)return"signUp";if(this.#c())return"login";throw this.#e.session?new be("the session has ended: log in again"):new be("there is nothing to authenticate with: give token, login, signUp or session")}#s(){let e=this.#e.session?.load();return!e?.accessToken||e.accessToken===this.#t.accessToken||e.refreshToken===this.#t.refreshToken?!1:(this.#t={...e},!0)}#c(){let{login:e,signUp:n}=this.#e;return e??(n&&this.#i?{username:n.username,password:n.password}:void 0)}async#u(){let{token:e}=this.#e;return typeof e=="function"?e():e}};var Jt=class{#e=new Map;#t=new Set;#n=!1;on(e,n){let i=this.#e.get(e)??new Set;return this.#e.set(e,i),i.add(n),()=>{i.delete(n)}}async once(e,n=()=>!0){for await(let i of this.events(e))if(n(i))return i;throw new Error(`the client was closed before ${String(e)}`)}events(e){let n=[],i=()=>{},r=this.#n,o=this.on(e,s=>{n.push(s),i()}),a=()=>{r=!0,o(),this.#t.delete(a),i()};return this.#t.add(a),{[Symbol.asyncIterator](){return this},async next(){for(;n.length===0&&!r;)await new Promise(s=>i=s);return n.length>0?{value:n.shift(),done:!1}:{value:void 0,done:!0}},async return(){return n.length=0,a(),{value:void 0,done:!0}}}}emit(e,n){for(let i of[...this.#e.get(e)??[]])try{i(n)}catch(r){queueMicrotask(()=>{throw r})}}endLoops(){this.#n=!0;for(let e of[...this.#t])e()}};var Xt=class{#e;#t;#n;#i=new Map;#o=new Map;#a=new Set;constructor(e,n,i){[this.#e,this.#t,this.#n]=[e,n,i];for(let r of n?.load()??[])this.#i.set(r.id,r)}start(){for(let{chatId:e}of this.#i.values())this.#r(e)}of(e){return[...this.#i.values()].filter(n=>n.chatId===e)}send(e,n){let i={id:n.id,chatId:e,message:n,createdAt:new Date().toISOString()},r=new Promise((o,a)=>this.#o.set(i.id,{resolve:o,reject:a}));return this.#i.set(i.id,i),this.#t?.put(i),this.#n(e),this.#r(e),r}retry(e){let n=this.#i.get(e);n?.error&&(delete n.error,this.#n(n.chatId),this.#r(n.chatId))}drop(e){let n=this.#i.get(e);n?.error&&this.#s(n)}end(e){for(let n of this.#o.values())n.reject(e);this.#o.clear()}async#r(e){if(!this.#a.has(e)){this.#a.add(e);for(let n;(n=this.of(e).find(i=>!i.error))&&await this.#l(n););this.#a.delete(e)}}async#l(e){let n=this.#o.get(e.id);try{let i=await this.#e({type:"SEND_MESSAGE",chatId:e.chatId,message:e.message});return this.#s(e),n?.resolve(i.message),!0}catch(i){return i instanceof le?(e.error=i,this.#o.delete(e.id),this.#t?.remove(e.id),this.#n(e.chatId),n?.reject(i),!0):!(i instanceof we)}}#s(e){this.#i.delete(e.id),this.#o.delete(e.id),this.#t?.remove(e.id),this.#n(e.chatId)}};var La=/^(GET_|SEARCH_|SYNC$|PING$|HELP$)/,Ra=new Set(["MARK_READ","MARK_DELIVERED","ADD_REACTION","REMOVE_REACTION","JOIN_CHAT","LEAVE_CHAT","ADD_MEMBERS","REMOVE_MEMBERS","PIN_MESSAGE","UNPIN_MESSAGE","MUTE_CHAT","UPDATE_SETTINGS","SET_PRESENCE","AUTHENTICATE"]),Na=8,Da=250;function Pa(t){if(La.test(t.type)||Ra.has(t.type))return!0;let{id:e,message:n}=t;return t.type==="CREATE_CHAT"?e!==void 0:t.type==="SEND_MESSAGE"&&(e??n?.id)!==void 0}var Ji=t=>t.sort((e,n)=>Number(e.id)-Number(n.id)),en=class{#e;#t=!1;#n={frameBytes:4096,commandsPerSecond:0,commandBurst:0};#i=0;#o=0;#a;#r=0;#l;#s=[];#c=new Map;open(e,n){this.#e=e,this.#n=n,[this.#i,this.#o]=[n.commandBurst,Date.now()],this.#m()}ready(){this.#t=!0,this.#m()}lost(){this.#e=void 0,this.#t=!1,clearTimeout(this.#a),this.#a=void 0;let e=[...this.#c.values()];this.#c.clear();let n=e.filter(i=>i.repeatable&&!i.urgent);this.#s=Ji([...n,...this.#s.filter(i=>!i.urgent||this.#f(i))]);for(let i of e)n.includes(i)||this.#f(i)}end(e){this.#l=e,this.lost();for(let n of this.#s.splice(0))this.#p(n,()=>n.reject(e))}ask(e,n={}){return this.#l?Promise.reject(this.#l):new Promise((i,r)=>{let o=String(++this.#r),a={repeatable:Pa(e),...n,id:o,command:e,attempts:0,resolve:i,reject:r};n.timeoutMs!==void 0&&(a.timer=setTimeout(()=>this.#b(a),n.timeoutMs)),n.urgent?this.#s.unshift(a):this.#s.push(a),this.#m()})}answer(e){let n=this.#c.get(String(e.requestId));return n?(this.#c.delete(n.id),e.type!=="ERROR"?this.#p(n,()=>n.resolve(e)):this.#u(n,e.code)?this.#d(n,e.retryAfterMs??Da*n.attempts):this.#p(n,()=>n.reject(new le(e))),!0):!1}#u(e,n){return e.attempts>=Na||e.urgent&&e.command.type!=="SYNC"?!1:n==="RATE_LIMITED"||n==="UNAVAILABLE"&&e.repeatable===!0}#d(e,n){this.#s=Ji([e,...this.#s]),clearTimeout(this.#a),this.#a=setTimeout(()=>{this.#a=void 0,this.#m()},n)}#m(){for(;this.#e&&!this.#a;){let e=this.#s.findIndex(n=>this.#t||n.urgent);if(e<0||!this.#h())return;this.#g(this.#s.splice(e,1)[0])}}#h(){let{commandsPerSecond:e,commandBurst:n}=this.#n;if(!e)return!0;let i=Date.now();return this.#i=Math.min(Math.max(n,1),this.#i+(i-this.#o)/1e3*e),this.#o=i,this.#i>=1?(this.#i--,!0):(this.#a=setTimeout(()=>{this.#a=void 0,this.#m()},Math.ceil((1-this.#i)/e*1e3)),!1)}#g(e){let n=JSON.stringify({...e.command,requestId:e.id}),i=this.#n.frameBytes;if(n.length*3>i&&new TextEncoder().encode(n).length>i){let r=`the command has more than ${i} bytes`;return this.#p(e,()=>e.reject(new le({code:"TOO_LARGE",error:r,command:e.command.type})))}e.attempts++,this.#c.set(e.id,e),this.#e?.(n)}#b(e){this.#s=this.#s.filter(n=>n!==e),this.#c.delete(e.id),e.reject(new Mt(`${e.command.type} was not answered within ${e.timeoutMs} ms`))}#f(e){return this.#p(e,()=>e.reject(new Ct(`the connection ended before ${e.command.type} was answered`))),!1}#p(e,n){clearTimeout(e.timer),n()}};var Oa=new Set(["NEW_CHAT","CHAT_UPDATED","MEMBERS_ADDED","MEMBERS_REMOVED","MEMBER_UPDATED","MEMBER_BANNED","MEMBER_UNBANNED","NEW_MESSAGE","MESSAGE_EDITED","MESSAGE_DELETED","REACTION_ADDED","REACTION_REMOVED","MESSAGE_PINNED","MESSAGE_UNPINNED"]);function Xi(t){return(t.type==="NEW_CHAT"||t.type==="MEMBERS_ADDED"||t.type==="NEW_MESSAGE")&&t.chat!==void 0}var er=500,tn=class{#e;#t;#n=[];#i=new Set;#o=!1;#a=!0;#r=0;constructor(e,n){[this.#e,this.#t]=[e,n]}lost(){this.#r++,this.#n=[],this.#i.clear(),this.#o=!1}take(e){if(e.type==="LAGGED")return this.#l(e.chatId,e.toSeq);if(e.type==="CHAT_DELETED"&&(this.#n=this.#n.filter(({chatId:r})=>r!==e.chatId)),!Oa.has(e.type)||e.duplicate)return this.#d(e);let n=e;if(this.#o||this.#i.has(n.chatId))return void this.#n.push(n);let i=this.#e.rooms.get(n.chatId);if(i?n.seq===i.position+1:Xi(n))return this.#d(n);i&&n.seq<=i.position||(this.#n.push(n),this.#l(n.chatId,n.seq))}async catchUp(){this.#o=!0;let e=this.#r,n=[...this.#e.rooms.values()].map(({id:i,position:r})=>[i,r]);for(let i=0;i===0||i<n.length;i+=er)await this.#s(Object.fromEntries(n.slice(i,i+er)),e);e===this.#r&&(this.#o=this.#a=!1,this.#u())}#l(e,n){let i=this.#e.rooms.get(e);if(i&&n<=i.position||this.#o||this.#i.has(e))return;this.#i.add(e);let r=this.#r,o=()=>{r===this.#r&&(this.#i.delete(e),this.#u())};this.#s(i?{[e]:i.position}:{},r).then(o,()=>{})}async#s(e,n){for(let i=e,r=!0;r;){let o=await this.#t.sync(i);if(n!==this.#r)return;this.#c(o),i=Object.fromEntries(o.chats.filter(({more:a})=>a).map(({chatId:a,seq:s})=>[a,s])),r=Object.keys(i).length>0}}#c(e){e.removedChatIds.forEach(i=>this.#e.remove(i));for(let i of e.newChats.filter(({id:r})=>!this.#e.rooms.has(r)))this.#e.add(i),this.#a||this.#t.applied({type:"NEW_CHAT",chatId:i.id,seq:i.seq,chat:i});let n=e.chats.flatMap(i=>this.#e.applySynced(i));this.#t.caughtUp(n)}#u(){let e=this.#n;this.#n=[];for(let n of e)(this.#e.rooms.has(n.chatId)||Xi(n))&&this.take(n)}#d(e){e.type==="NEW_MESSAGE"&&e.duplicate||this.#e.apply(e),this.#t.applied(e)}};var nn=class{me;settings={};rooms=new Map;users=new Map;touched=new Set;apply(e){let n=_a[e.type];n&&(n(this,e),this.touched.add("chatId"in e&&typeof e.chatId=="string"?e.chatId:""))}applySynced(e){let n=this.rooms.get(e.chatId);if(!n)return[];this.touched.add(n.id),e.reset&&this.rooms.set(n.id,Object.assign(n,Vn(e.chat??n.chat,0),{from:1,position:0}));let i=n.position;e.chat&&Tt(n,e.chat),e.members&&(n.members=new Map(e.members.map(r=>[r.user.id,r]))),e.members?.forEach(({user:r})=>this.know(r)),e.messages.forEach(r=>Je(n,r));for(let{userId:r,readSeq:o,deliveredSeq:a}of e.marks)this.#e(n,r,{readSeq:o,deliveredSeq:a});return n.position=Math.max(n.position,e.seq),n.streams=new Map(e.streams.map(r=>[r.id,r])),n.stale||=e.messages.length>0&&!(e.chat&&!e.more),e.messages.filter(r=>r.seq>i).sort((r,o)=>r.seq-o.seq)}add(e,n){let i=this.rooms.get(e.id);if(i)return Tt(i,e),i;let r=Vn(e,n);return e.peer&&this.know(e.peer),this.rooms.set(e.id,r),this.touched.add(e.id),r}remove(e){this.rooms.delete(e)&&this.touched.add(e)}refresh(e){let n=this.rooms.get(e.id);return n?e.seq!==n.position?!1:(Tt(n,e),n.stale=!1,this.touched.add(e.id),!0):!0}know(e){this.users.set(e.id,{...this.users.get(e.id),...e})}#e(e,n,i){let r=e.members?.get(n);r&&i.readSeq&&(r.readSeq=Math.max(r.readSeq,i.readSeq)),r&&i.deliveredSeq&&(r.deliveredSeq=Math.max(r.deliveredSeq,i.deliveredSeq)),n===this.me?.id&&i.readSeq&&Yi(e,i.readSeq,n)}mark(e,n,i){let r=this.rooms.get(e);r&&this.#e(r,n,i)}};function Ae(t,e){let n=t.rooms.get(e.chatId);if(n)return n.position=Math.max(n.position,e.seq),n.chat={...n.chat,seq:Math.max(n.chat.seq,e.seq)},n}function tr(t,e,n){let i=Ae(t,e);if(i){if(n.includes(t.me?.id??""))return t.remove(e.chatId);i.chat.memberCount-=n.length;for(let r of n)i.members?.delete(r),i.typing.delete(r)}}function nr(t,e){let n=Ae(t,e),i=n&&ct(n,e.messageId);if(!n||!i)return;let r=Ki(e.reactions,i,e,t.me?.id??""),o={...i,reactions:r,updatedSeq:Math.max(i.updatedSeq,e.seq)};Je(n,o),n.chat.lastMessage?.id===o.id&&(n.chat.lastMessage=o)}function ir(t,e){let n=Ae(t,e);n&&(n.chat.pinned=e.pinned)}function rr(t,e){t.know(e),e.id===t.me?.id&&(t.me={...t.me,...e});for(let n of t.rooms.values()){let i=n.members?.get(e.id);i&&(i.user={...i.user,...e}),n.chat.peer?.id===e.id&&(n.chat={...n.chat,peer:{...n.chat.peer,...e}}),(i||n.chat.peer?.id===e.id)&&t.touched.add(n.id)}}function za(t,e){rr(t,e);let{id:n,username:i,displayName:r,kind:o}=e;for(let a of t.rooms.values())a.messages=a.messages.map(s=>s.sender.id===n?{...s,sender:{...s.sender,id:n,username:i,displayName:r,kind:o}}:s)}var _a={AUTHENTICATED:(t,{user:e})=>{t.me=e,t.know(e)},USER:(t,{user:e})=>t.know(e),USER_UPDATED:(t,{user:e})=>za(t,e),SETTINGS:(t,{settings:e})=>{t.settings=e},NEW_CHAT:(t,{chat:e,seq:n,duplicate:i})=>{t.add(e,i?e.seq:n)},CHAT_UPDATED:(t,e)=>{let n=Ae(t,e);n&&Tt(n,e.chat)},CHAT_DELETED:(t,{chatId:e})=>t.remove(e),CHAT_MUTED:(t,{chatId:e,muted:n,until:i})=>{let r=t.rooms.get(e);r&&(r.chat={...r.chat,muted:n,mutedUntil:i})},MEMBERS_ADDED:(t,e)=>{e.members.forEach(({user:i})=>t.know(i)),e.chat&&t.add(e.chat,e.seq);let n=Ae(t,e);if(n){e.chat||(n.chat.memberCount+=e.members.length);for(let i of e.members)n.members?.set(i.user.id,i)}},MEMBERS_REMOVED:(t,e)=>tr(t,e,e.userIds),MEMBER_BANNED:(t,e)=>{tr(t,e,[e.userId]);let n=t.rooms.get(e.chatId);n&&(n.stale=!0)},MEMBER_UNBANNED:(t,e)=>{Ae(t,e)},MEMBER_UPDATED:(t,e)=>{let n=Ae(t,e),i=n?.members?.get(e.userId);i&&(i.role=e.role),n&&e.userId===t.me?.id&&(n.chat.myRole=e.role)},NEW_MESSAGE:(t,e)=>{let{message:n}=e,i=e.chat;i&&!t.rooms.has(i.id)&&t.add(i,e.seq-1);let r=Ae(t,e);r&&(r.streams.delete(n.id),r.typing.delete(n.sender.id),Je(r,n),Wi(r,n,t.me?.id??""))},MESSAGE_EDITED:(t,e)=>{let n=Ae(t,e);if(!n)return;let i=ct(n,e.message.id);Je(n,ja(e.message,i)),Vi(n,i,e.message,t.me?.id??"")},MESSAGE_DELETED:(t,e)=>{let n=Ae(t,e);if(!n)return;let i=ct(n,e.messageId);Je(n,e.message),Gi(n,i,e.message,t.me?.id??"")},REACTION_ADDED:nr,REACTION_REMOVED:nr,MESSAGE_PINNED:ir,MESSAGE_UNPINNED:ir,MESSAGE_READ:(t,{chatId:e,userId:n,seq:i,readByAllSeq:r})=>{let o=t.rooms.get(e);o&&r&&(o.readByAllSeq=Math.max(o.readByAllSeq,r)),t.mark(e,n,{readSeq:i})},MESSAGE_DELIVERED:(t,{chatId:e,userId:n,seq:i})=>t.mark(e,n,{deliveredSeq:i}),TYPING:(t,{chatId:e,user:n,typing:i})=>{let r=t.rooms.get(e);i&&n.id!==t.me?.id?r?.typing.set(n.id,n):r?.typing.delete(n.id)},PRESENCE:(t,{user:e,status:n,lastSeenAt:i})=>rr(t,{...e,status:n,lastSeenAt:i}),STREAM_STARTED:(t,{chatId:e,message:n})=>{t.rooms.get(e)?.streams.set(n.id,n)},MESSAGE_CHUNK:(t,{chatId:e,messageId:n,content:i})=>{let r=t.rooms.get(e)?.streams,o=r?.get(n);o&&r?.set(n,{...o,content:o.content+i})}};function ja(t,e){let n=new Set(e?.reactions.filter(r=>r.me).map(({emoji:r})=>r)),i=t.reactions.map(r=>n.has(r.emoji)?{...r,me:!0}:r);return{...t,reactions:i}}var qa=8,Fa=5,At=class extends Jt{state=new nn;outbox;#e=new en;#t;#n;#i;#o=new Map;#a=!1;#r=!1;constructor(e){super(),this.#n=new Zt(e),this.outbox=new Xt(n=>this.command(n),e.outbox,n=>this.touch(n)),this.#t=new tn(this.state,{sync:n=>this.#e.ask({type:"SYNC",chats:n},{urgent:!0}),applied:n=>this.#l(n),caughtUp:n=>this.#s(n)}),this.#i=new Qt(e,this.#n,{requests:this.#e,hear:n=>this.#t.take(n),catchUp:()=>this.#t.catchUp(),lost:()=>this.#g(),status:n=>this.#b(n),problem:n=>this.emit("problem",n)})}start(){return this.#i.start()}get status(){return this.#i.status}get me(){if(!this.state.me)throw new ve("there has been no connection yet");return this.state.me}get chats(){return[...this.state.rooms.keys()].map(e=>this.#f(e))}chat(e){let n=this.state.rooms.get(e)??this.#p(e);if(!n)throw new ve(`you are not in the chat ${e}; join it or have somebody add you`);return this.#f(n.id)}room(e){let n=this.state.rooms.get(e);if(!n)throw new ve(`you are not in the chat ${e} any more`);return n}command(e,n){return this.#e.ask(e,n)}async join(e){let n=await this.command({type:"JOIN_CHAT",chatId:e});return this.state.rooms.has(n.chatId)||await this.#h(n.chatId),this.chat(n.chatId)}async create(e){let n=await this.command({type:"CREATE_CHAT",id:Gt(),...e});return this.chat(n.chatId)}async direct(e){let n={type:"CREATE_CHAT",kind:"direct",members:[e]},i=await this.command(n,{repeatable:!0});return this.chat(i.chatId)}async logOut(e=!1){await this.command({type:"LOG_OUT",everywhere:e}),this.#n.forget(),this.emit("session",void 0);let n=this.once("status",({phase:i})=>i==="closed");this.close(),await n}wake(){this.#i.wake()}close(){this.#i.close()}touch(e){this.state.touched.add(e),!this.#a&&(this.#a=!0,queueMicrotask(()=>{this.#a=!1;let n=new Set(this.state.touched);this.state.touched.clear(),this.emit("change",n)}))}#l(e){e.type==="AUTHENTICATED"&&(this.#n.accepted(e),this.emit("session",e)),this.touch(""),this.emit("frame",e),this.emit(e.type,e),e.type==="NEW_MESSAGE"&&!e.duplicate&&this.#c(e.message,!1),this.#u()}#s(e){this.touch("");for(let n of e)this.#c(n,!0);this.#u()}#c(e,n){this.state.rooms.has(e.chatId)&&this.emit("message",{chat:this.#f(e.chatId),message:e,missed:n})}async#u(){if(!this.#r){this.#r=!0;try{for(let e=0;e<Fa&&this.#d().length>0;e++){let n=this.#d();if(n.length>qa)await this.#m();else for(let{id:i}of n)await this.#h(i)}}catch{}finally{this.#r=!1}}}#d(){return[...this.state.rooms.values()].filter(e=>e.stale)}async#m(){for(let e,n=!0;n||e;n=!1){let i=await this.command({type:"GET_CHATS",limit:200,cursor:e});i.chats.forEach(r=>this.state.refresh(r)),e=i.nextCursor}this.touch("")}async#h(e){let{chat:n}=await this.command({type:"GET_CHAT",chatId:e});n.myRole&&!this.state.rooms.has(n.id)&&this.state.add(n),this.state.refresh(n),this.touch(e)}#g(){this.#e.lost(),this.#t.lost();for(let e of this.state.rooms.values())e.typing.clear(),e.streams.clear()}#b(e){if(e.phase==="online"&&(this.outbox.start(),this.#u()),e.phase==="closed"){let n=e.reason??new we("the client was closed");this.#e.end(n),this.outbox.end(n)}this.emit("status",e),this.touch(""),e.phase==="closed"&&this.endLoops()}#f(e){let n=this.#o.get(e)??new Vt(this,e);return this.#o.set(e,n),n}#p(e){let n=e.replace(/^#/,"").toLowerCase(),i=({chat:r})=>r.kind==="channel"&&r.name.toLowerCase()===n;return e.startsWith("#")?[...this.state.rooms.values()].find(i):void 0}};var ar={search:"M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4",plus:"M12 5v14M5 12h14",close:"M6 6l12 12M18 6L6 18",back:"M15 5l-7 7 7 7",down:"M12 5v14M6 13l6 6 6-6",send:"M4 12l16-8-6 16-3-7-7-1Z",clip:"M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7",reply:"M9 6L3 12l6 6M3 12h11a7 7 0 0 1 7 7",edit:"M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",trash:"M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",pin:"M12 15v6M8 3h8l-1 7 3 4H6l3-4-1-7Z",smile:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 14q4 4 8 0M9 9.500v.1M15 9.500v.1",mail:"M3 6h18v12H3ZM3 7l9 6 9-6",at:"M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM16 12v1.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-4 7.500",hash:"M9 4L7 20M17 4l-2 16M4 9h17M3 15h17",people:"M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2.300.7 3.500 2.500 3.500 5.500",copy:"M9 9h11v11H9ZM5 15H4V4h11v1",check:"M5 13l4.500 4.500L19 7",link:"M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.700-5.700l-1.500 1.500M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.700 5.700l1.500-1.500",gear:"M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3M5.300 5.300l2.100 2.100M16.600 16.600l2.100 2.100M5.300 18.700l2.100-2.100M16.600 7.400l2.100-2.100",bell:"M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7ZM10 20.500h4",muted:"M6.500 8A6 6 0 0 1 18 10c0 2 .3 3.300.7 4.300M17 17H4c0-1 2-2 2-7M10 20.500h4M3 3l18 18",clock:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.500l3.500 2",user:"M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 21c0-4.500 3.500-6.500 7.500-6.500s7.500 2 7.500 6.500"},or="http://www.w3.org/2000/svg";function K(t){let e=document.createElementNS(or,"svg");e.setAttribute("viewBox","0 0 24 24"),e.setAttribute("aria-hidden","true");let n=document.createElementNS(or,"path");return n.setAttribute("d",ar[t]),e.append(n),e}var sr=t=>t in ar;var Ha=/[\u2066-\u2069]/g,Ba=/\u2068([^\u2069]*)\u2069/g,D=t=>"⁨"+t.replace(Ha,"")+"⁩";function lr(t){let e=[],n=0;for(let i of t.matchAll(Ba))i.index>n&&e.push({text:t.slice(n,i.index),isolated:!1}),e.push({text:i[1],isolated:!0}),n=i.index+i[0].length;return n<t.length&&e.push({text:t.slice(n),isolated:!1}),e}function It(t,e=90){let n=t.slice(0,e*8).replace(/\s+/g," ").trim(),i=[...n];return i.length>e?`${i.slice(0,e).join("")}…`:n}function cr(t){let e=0;for(let n of t)e++;return e}var ce=t=>t.message.replace(/^[A-Z_]+: /,"");var Ua=new Set(["value","checked","open","selected"]);function c(t,e={},...n){let[i,...r]=t.split("."),o=document.createElement(i);o.classList.add(...r);for(let[a,s]of Object.entries(e))s===void 0||s===!1||s===null||(typeof s=="function"?o.addEventListener(a.slice(2),s):Ua.has(a)?Object.assign(o,{[a]:s}):o.setAttribute(a,s===!0?"":String(s)));return o.append(...n.filter(a=>a!==!1&&a!==null&&a!==void 0)),o}var F=t=>c("bdi",{},t),Q=t=>{let e=document.createDocumentFragment();return e.append(...lr(t).map(({text:n,isolated:i})=>i?F(n):n)),e};function Z(t,e,n,i={}){return c("button.icon",{type:"button",title:e,"aria-label":e,onclick:n,...i},sr(t)?K(t):t)}function B(t,e,n=""){return c(n?`button.${n}`:"button",{type:"button",onclick:e},t)}var $a=0;function V(t,e={},n){let i=`field-${++$a}`,r=c("input",{id:i,type:"text",autocomplete:"off",dir:"auto","aria-describedby":n&&`${i}-hint`,...e}),o=n!==void 0&&c("small",{id:`${i}-hint`},n);return{element:c("div.field",{},c("label",{for:i},t),r,o),input:r}}function rn(t,e,n,i){let r=c("select",{onchange:()=>i(r.value)},...e.map(({value:o,label:a})=>c("option",{value:o},a)));return r.value=n,c("label.field",{},c("span",{},t),r)}function Qn(t,e,n){let i=c("input",{type:"checkbox",checked:e,onchange:()=>n(i.checked)});return c("label.toggle",{},i,c("span",{},t))}var Wa=new Intl.PluralRules("en"),Ga=new Intl.NumberFormat("en"),Fe=(t,e,n)=>`${Ga.format(t)} ${Wa.select(t)==="one"?e:n}`,ur=t=>new Intl.ListFormat("en").format(t),ut={close:"Close",cancel:"Cancel",save:"Save",saved:"Saved.",add:"Add",remove:"Remove",delete:"Delete",edit:"Edit",open:"Open",join:"Join",create:"Create",search:"Search",loading:"Loading…",loadMore:"Load more",tryAgain:"Try again",discard:"Discard",nothingFound:"Nothing found.",name:"Name",nameOptional:"Name (optional)",username:"Username",someone:"Someone",you:"You",today:"Today",yesterday:"Yesterday",says:(t,e)=>`${t}: ${e}`,status:{online:"online",away:"away",offline:"offline"},roles:{owner:"owner",admin:"admin",member:"member"},logInTabs:{logIn:"Log in",signUp:"Sign up",token:"Use a token"},logInButtons:{logIn:"Log in",signUp:"Create account",token:"Continue"},usernameOrEmail:"Username or email",password:"Password",usernameRules:"3 to 32 letters, digits, dots, hyphens or underscores",passwordRules:"At least 8 characters",displayNameOptional:"Display name (optional)",displayNameHint:"The name other people see",tokenLabel:"API token or JWT",tokenHint:"For bots and for services that sign people in",show:"Show",hide:"Hide",showPassword:t=>`Show: ${t.toLowerCase()}`,connecting:"Connecting…",offline:"You are offline.",retryingIn:t=>`Retrying in ${t} s.`,tryNow:"Try now",connectionEnded:"The server closed the connection.",reload:"Reload",chats:"Chats",filterChats:"Filter chats",goToChat:"Go to chat",newChat:"New chat",startAChat:"Start a chat",noChatsYet:"You have no chats yet.",noChatOfThatName:"No chat has that name.",noMessagesYet:"No messages yet",muted:"Muted",unread:"Unread",unreadCount:t=>Fe(t,"unread message","unread messages"),mentionCount:t=>Fe(t,"unread mention","unread mentions"),unsent:t=>Fe(t,"unsent message","unsent messages"),members:t=>Fe(t,"member","members"),lastSeen:t=>`last seen ${t}`,archived:"archived",backToChats:"Back to chats",aboutThisChat:"About this chat",chooseAChat:"Choose a chat",chooseAChatHint:"Pick one from the list, or start a new one.",notAMember:t=>`You are not a member of ${t}.`,joinChannel:"Join channel",chatNotFound:"Chat not found",chatNotFoundHint:"It may have been deleted, or it may be private and you are not a member.",cannotOpenChat:"This chat could not be opened",newChatTabs:{direct:"Direct message",group:"Group",channel:"Channel",browse:"Browse channels"},newChatHints:{direct:"Only the two of you can read it.",group:"Private: people join by invitation.",channel:"Public: anyone can find, read and join it."},channelName:"Channel name",descriptionOptional:"Description (optional)",membersOptional:"Members (optional)",openChat:"Open chat",channels:"Channels",findChannel:"Find a channel",noChannelOfThatName:"No channel has that name.",description:"Description",membersHeading:"Members",addMembers:"Add members",editChat:"Edit name and description",pinnedMessages:"Pinned messages",writeTo:t=>`Message ${t}`,makeAdmin:t=>`Make ${t} an admin`,makeMember:t=>`Remove ${t} as admin`,removeMember:t=>`Remove ${t}`,removeMemberTitle:"Remove this member?",removeMemberText:(t,e)=>`${t} will no longer be a member of ${e}.`,mute:"Mute",unmute:"Unmute",leave:"Leave",leaveTitle:"Leave this chat?",leaveText:t=>`You will no longer receive messages from ${t}.`,deleteChat:"Delete chat",deleteChatTitle:"Delete this chat?",deleteChatText:t=>`${t} and all its messages will be deleted for everyone. This cannot be undone.`,profile:{title:"Profile",status:"Status",lastSeen:"Last seen",role:"Role",since:"Joined",write:"Send a message"},serverRoles:{member:"Member",moderator:"Moderator",admin:"Administrator"},searchMessages:"Search messages",searchInThisChat:"Search this chat",searchIn:t=>`Search ${t}`,searchAllChats:"Search all chats",searching:"Searching…",results:"Results",found:t=>Fe(t,"message found","messages found"),inChat:t=>`in ${t}`,inAnotherChat:"in another chat",mentions:"Mentions",noMentions:"Nobody has mentioned you yet.",messages:"Messages",message:"Message",messageLabel:(t,e)=>`${t}, ${e}`,beginning:"This is the beginning of the conversation.",newMessages:"New messages",jumpToNewest:"Jump to the newest message",jumpToNewestUnread:t=>`Jump to the newest message, ${Fe(t,"unread message","unread messages")}`,backToReply:"Back to the reply",bot:"bot",pinned:"Pinned",edited:"edited",sent:"Sent",readByAll:"Read by everyone",waitingToBeSent:"Waiting to be sent",messageDeleted:"This message was deleted.",earlierMessage:"An earlier message",inReplyTo:t=>`In reply to ${t}`,attachment:"Attachment",reaction:(t,e)=>`${t}, ${Fe(e,"person","people")}`,stop:"Stop",code:"Code",table:"Table",copy:"Copy",copied:"Copied",copyFailed:"The browser did not allow copying.",typing:(t,e)=>`${t} ${e===1?"is":"are"} typing…`,notices:{joined:t=>`${t} joined`,left:t=>`${t} left`,added:(t,e)=>`${t} added ${ur(e)}`,removed:(t,e)=>`${t} removed ${ur(e)}`,banned:(t,e)=>`${t} banned ${e}`,role:(t,e,n)=>`${t} made ${e} ${n==="member"?"a":"an"} ${n}`,renamed:(t,e)=>`${t} renamed the chat to ${e}`,changed:t=>`${t} changed the description`,archived:t=>`${t} archived the chat`,pinned:t=>`${t} pinned a message`,unpinned:t=>`${t} unpinned a message`},notificationTitle:(t,e)=>`${t} in ${e}`,messageActions:"Message actions",reactWith:t=>`React with ${t}`,addReaction:"Add reaction",reply:"Reply",copyText:"Copy text",textCopied:"Text copied.",copyLink:"Copy link",linkCopied:"Link copied.",pin:"Pin",unpin:"Unpin",deleteMessageTitle:"Delete this message?",deleteOwnMessageText:"It will be deleted for everyone.",deleteMessageText:t=>`This message from ${t} will be deleted for everyone.`,messageWasDeleted:"Message deleted.",messageTo:t=>`Message ${t}`,chatIsArchived:"This chat is archived",send:"Send",attach:"Attach",attachLink:"Attach a link",fileAddress:"Address of the file",insertEmoji:"Insert emoji",editingMessage:"Editing your message",replyingTo:t=>`Replying to ${t}`,characters:(t,e)=>`${t} of ${e} characters`,tooLong:t=>`${Fe(t,"character","characters")} too many`,chooseEmoji:"Choose an emoji",searchEmoji:"Search emoji",emojiGroups:{title:"Groups",recent:"Recent",smileys:"Smileys",people:"People",animals:"Animals and nature",food:"Food and drink",travel:"Travel and places",activities:"Activities",objects:"Objects",symbols:"Symbols",flags:"Flags"},settings:"Settings",displayName:"Display name",emailOptional:"Email (optional)",appearance:"Appearance",themes:{system:"Same as system",light:"Light",dark:"Dark"},language:"Language",browserLanguage:"Same as browser",showMeAs:"Show me as",desktopNotifications:"Desktop notifications",notificationsBlocked:"The browser blocks notifications for this page.",sound:"Play a sound for new messages",changePassword:"Change password",currentPassword:"Current password",newPassword:"New password",passwordChanged:"Password changed. Other sessions were logged out.",sessions:"Sessions",unnamedDevice:"Unnamed device",thisDevice:"This device",lastUsed:t=>`last used ${t}`,neverUsed:"never used",tokens:"API tokens",tokenName:"Token name",botUsernameOptional:"Bot username (optional)",botUsernameHint:"Creates a bot that the token belongs to",createToken:"Create token",secretOnce:"Copy this token now. It is not shown again.",revoke:"Revoke",revokeTitle:"Revoke this token?",revokeText:t=>`Programs that use ${t} will be disconnected.`,account:"Account",downloadMyData:"Download my data",deleteAccount:"Delete account",deleteAccountText:"Your account is deleted for good. Your messages stay, without your name.",accountDeleted:"Your account was deleted.",protocolReference:"Protocol reference",logOut:"Log out",logOutEverywhere:"Log out everywhere",keyboardShortcuts:"Keyboard shortcuts",shortcuts:[["Ctrl K","Go to a chat"],["Alt ↑","Previous chat"],["Alt ↓","Next chat"],["↑","Edit your last message (in an empty composer)"],["Shift Enter","New line"],["Esc","Cancel, close, or return to the composer"],["Ctrl /","Show this help"]]};var dr=ut;var mr=ut;var Zn="pichat.session",on="pichat.outbox.",Jn="pichat.draft.",hr="pichat.theme",pr="pichat.language",fr="pichat.notifications",gr="pichat.sound",br="pichat.emoji";function He(t){try{return JSON.parse(localStorage.getItem(t)??"null")??void 0}catch{return}}function Ie(t,e){try{e===void 0?localStorage.removeItem(t):localStorage.setItem(t,JSON.stringify(e))}catch{}}var Xn=t=>Object.keys(localStorage).filter(e=>e.startsWith(t)),Xe={load:()=>He(Zn),save:t=>Ie(Zn,t),async exclusive(t){return navigator.locks?navigator.locks.request(Zn,t):t()}},yr={load:()=>Xn(on).flatMap(t=>He(t)??[]).sort((t,e)=>t.createdAt.localeCompare(e.createdAt)),put:t=>Ie(on+t.id,t),remove:t=>Ie(on+t,void 0)},dt={get:t=>He(Jn+t)??"",set:(t,e)=>Ie(Jn+t,e||void 0)};function wr(){Xe.save(void 0);for(let t of[...Xn(on),...Xn(Jn)])Ie(t,void 0)}var Va=["system","light","dark"],kr=t=>Va.includes(String(t)),ze={get:()=>He(hr)??"system",set(t){Ie(hr,t),ze.apply()},apply(){document.documentElement.dataset.theme=ze.get()}},Lt={get:()=>He(pr),set:t=>Ie(pr,t)},Be={enabled:()=>He(fr)??!1,enable:t=>Ie(fr,t||void 0),sound:()=>He(gr)??!1,setSound:t=>Ie(gr,t||void 0)},Ya=24,Ue={get:()=>He(br)??[],add:t=>Ie(br,[t,...Ue.get().filter(e=>e!==t)].slice(0,Ya))};var ei={en:{strings:ut,direction:"ltr"},de:{strings:mr,direction:"ltr"},ar:{strings:dr,direction:"rtl"}},Ka=t=>t!==void 0&&t in ei,xr=t=>t.split("-")[0];function Qa(){return[Lt.get(),...navigator.languages.map(xr)].find(Ka)??"en"}var Rt=Qa(),l=ei[Rt].strings,Ee=navigator.languages.find(t=>xr(t)===Rt)??Rt;function vr(){document.documentElement.lang=Rt,document.documentElement.dir=ei[Rt].direction}var Za={};function ti(t,e){let n=e||Za,i=typeof n.includeImageAlt=="boolean"?n.includeImageAlt:!0,r=typeof n.includeHtml=="boolean"?n.includeHtml:!0;return Sr(t,i,r)}function Sr(t,e,n){if(Ja(t)){if("value"in t)return t.type==="html"&&!n?"":t.value;if(e&&"alt"in t&&t.alt)return t.alt;if("children"in t)return Er(t.children,e,n)}return Array.isArray(t)?Er(t,e,n):""}function Er(t,e,n){let i=[],r=-1;for(;++r<t.length;)i[r]=Sr(t[r],e,n);return i.join("")}function Ja(t){return!!(t&&typeof t=="object")}var Tr=document.createElement("i");function mt(t){let e="&"+t+";";Tr.innerHTML=e;let n=Tr.textContent;return n.charCodeAt(n.length-1)===59&&t!=="semi"||n===e?!1:n}function oe(t,e,n,i){let r=t.length,o=0,a;if(e<0?e=-e>r?0:r+e:e=e>r?r:e,n=n>0?n:0,i.length<1e4)a=Array.from(i),a.unshift(e,n),t.splice(...a);else for(n&&t.splice(e,n);o<i.length;)a=i.slice(o,o+1e4),a.unshift(e,0),t.splice(...a),o+=1e4,e+=1e4}function me(t,e){return t.length>0?(oe(t,t.length,0,e),t):e}var Cr={}.hasOwnProperty;function Mr(t){let e={},n=-1;for(;++n<t.length;)Xa(e,t[n]);return e}function Xa(t,e){let n;for(n in e){let r=(Cr.call(t,n)?t[n]:void 0)||(t[n]={}),o=e[n],a;if(o)for(a in o){Cr.call(r,a)||(r[a]=[]);let s=o[a];es(r[a],Array.isArray(s)?s:s?[s]:[])}}}function es(t,e){let n=-1,i=[];for(;++n<e.length;)(e[n].add==="after"?t:i).push(e[n]);oe(t,0,0,i)}function an(t,e){let n=Number.parseInt(t,e);return n<9||n===11||n>13&&n<32||n>126&&n<160||n>55295&&n<57344||n>64975&&n<65008||(n&65535)===65535||(n&65535)===65534||n>1114111?"�":String.fromCodePoint(n)}function _e(t){return t.replace(/[\t\n\r ]+/g," ").replace(/^ | $/g,"").toLowerCase().toUpperCase()}var ie=We(/[A-Za-z]/),re=We(/[\dA-Za-z]/),Ar=We(/[#-'*+\--9=?A-Z^-~]/);function et(t){return t!==null&&(t<32||t===127)}var Nt=We(/\d/),Ir=We(/[\dA-Fa-f]/),Lr=We(/[!-/:-@[-`{-~]/);function C(t){return t!==null&&t<-2}function U(t){return t!==null&&(t<0||t===32)}function I(t){return t===-2||t===-1||t===32}var $e=We(/\p{P}|\p{S}/u),Le=We(/\s/);function We(t){return e;function e(n){return n!==null&&n>-1&&t.test(String.fromCharCode(n))}}function N(t,e,n,i){let r=i?i-1:1/0,o=0;return a;function a(d){return I(d)?(t.enter(n),s(d)):e(d)}function s(d){return I(d)&&o++<r?(t.consume(d),s):(t.exit(n),e(d))}}function ni(t,e,n,i,r,o){let a=0;return s;function s(u){return o>0&&I(u)?(t.enter(i),d(u)):m(u)}function d(u){return I(u)&&a<o?(t.consume(u),a++,d):(t.exit(i),m(u))}function m(u){return a>=r?e(u):n(u)}}var Rr={tokenize:ts};function ts(t){let e=t.attempt(this.parser.constructs.contentInitial,i,r),n;return e;function i(s){if(s===null){t.consume(s);return}return t.enter("lineEnding"),t.consume(s),t.exit("lineEnding"),N(t,e,"linePrefix")}function r(s){return t.enter("paragraph"),o(s)}function o(s){let d=t.enter("chunkText",{contentType:"text",previous:n});return n&&(n.next=d),n=d,a(s)}function a(s){if(s===null){t.exit("chunkText"),t.exit("paragraph"),t.consume(s);return}return C(s)?(t.consume(s),t.exit("chunkText"),o):(t.consume(s),a)}}var je=class{constructor(){this.index=new Map,this.map=[]}add(e,n,i){Nr(this,e,n,i,!1)}addBefore(e,n,i){Nr(this,e,n,i,!0)}consume(e){if(this.map.sort(function(o,a){return o[0]-a[0]}),this.map.length===0)return;let n=this.map.length,i=[];for(;n>0;)n-=1,i.push(e.slice(this.map[n][0]+this.map[n][1]),this.map[n][2]),e.length=this.map[n][0];i.push(e.slice()),e.length=0;let r=i.pop();for(;r;){for(let o of r)e.push(o);r=i.pop()}this.map.length=0,this.index.clear()}};function Nr(t,e,n,i,r){if(n===0&&i.length===0)return;let o=t.index.get(e);if(o){o[1]+=n,r?(i.push(...o[2]),o[2]=i):o[2].push(...i);return}let a=[e,n,i];t.map.push(a),t.index.set(e,a)}var Pr={tokenize:ns},Dr={tokenize:is};function ns(t){let e=this,n=[],i=0,r,o,a;return s;function s(S){if(i<n.length){let R=n[i];return e.containerState=R[1],t.attempt(R[0].continuation,d,m)(S)}return m(S)}function d(S){if(i++,e.containerState._closeFlow){e.containerState._closeFlow=void 0,r&&L();let R=e.events.length,j=R,x;for(;j--;)if(e.events[j][0]==="exit"&&e.events[j][1].type==="chunkFlow"){x=e.events[j][1].end;break}k(i);let z=R;for(;z<e.events.length;)e.events[z][1].end={...x},z++;let W=new je;return W.add(j+1,0,e.events.slice(R)),W.add(R,z-R,[]),W.consume(e.events),m(S)}return s(S)}function m(S){if(i===n.length){if(!r)return f(S);if(r.currentConstruct&&r.currentConstruct.concrete)return v(S);e.interrupt=!!(r.currentConstruct&&!r._gfmTableDynamicInterruptHack)}return e.containerState={},t.check(Dr,u,p)(S)}function u(S){return r&&L(),k(i),f(S)}function p(S){return e.parser.lazy[e.now().line]=i!==n.length,a=e.now().offset,v(S)}function f(S){return e.containerState={},t.attempt(Dr,h,v)(S)}function h(S){return i++,n.push([e.currentConstruct,e.containerState]),f(S)}function v(S){if(S===null){r&&L(),k(0),t.consume(S);return}return r=r||e.parser.flow(e.now()),t.enter("chunkFlow",{_tokenizer:r,contentType:"flow",previous:o}),M(S)}function M(S){if(S===null){T(t.exit("chunkFlow"),!0),k(0),t.consume(S);return}return C(S)?(t.consume(S),T(t.exit("chunkFlow")),i=0,e.interrupt=void 0,s):(t.consume(S),M)}function T(S,R){let j=e.sliceStream(S);if(R&&j.push(null),S.previous=o,o&&(o.next=S),o=S,r.defineSkip(S.start),r.write(j),e.parser.lazy[S.start.line]){let x=r.events.length;for(;x--;)if(r.events[x][1].start.offset<a&&(!r.events[x][1].end||r.events[x][1].end.offset>a))return;let z=e.events.length,W=z,X,y;for(;W--;)if(e.events[W][0]==="exit"&&e.events[W][1].type==="chunkFlow"){if(X){y=e.events[W][1].end;break}X=!0}for(k(i),x=z;x<e.events.length;)e.events[x][1].end={...y},x++;let $=new je;$.add(W+1,0,e.events.slice(z)),$.add(z,x-z,[]),$.consume(e.events)}}function k(S){let R=n.length;for(;R-- >S;){let j=n[R];e.containerState=j[1],j[0].exit.call(e,t)}n.length=S}function L(){r.write([null]),o=void 0,r=void 0,e.containerState._closeFlow=void 0}}function is(t,e,n){return N(t,t.attempt(this.parser.constructs.document,e,n),"linePrefix",this.parser.constructs.disable.null.includes("codeIndented")?void 0:4)}function ht(t){if(t===null||U(t)||Le(t))return 1;if($e(t))return 2}function Ge(t,e,n){let i=[],r=-1;for(;++r<t.length;){let o=t[r].resolveAll;o&&!i.includes(o)&&(e=o(e,n),i.push(o))}return e}var Dt={name:"attention",resolveAll:rs,tokenize:os};function rs(t,e){let n=-1,i;for(;++n<t.length;)if(t[n][0]==="enter"&&t[n][1].type==="attentionSequence"&&t[n][1]._close){let r=n;for(;r--;)if(t[r][0]==="exit"&&t[r][1].type==="attentionSequence"&&t[r][1]._open&&e.sliceSerialize(t[r][1]).charCodeAt(0)===e.sliceSerialize(t[n][1]).charCodeAt(0)){if((t[r][1]._close||t[n][1]._open)&&(t[n][1].end.offset-t[n][1].start.offset)%3&&!((t[r][1].end.offset-t[r][1].start.offset+t[n][1].end.offset-t[n][1].start.offset)%3))continue;let o=t[r][1].end.offset-t[r][1].start.offset>1&&t[n][1].end.offset-t[n][1].start.offset>1?2:1,a={...t[r][1].end},s={...t[n][1].start};Or(a,-o),Or(s,o);let d={type:o>1?"strongSequence":"emphasisSequence",start:a,end:{...t[r][1].end}},m={type:o>1?"strongSequence":"emphasisSequence",start:{...t[n][1].start},end:s},u={type:o>1?"strongText":"emphasisText",start:{...t[r][1].end},end:{...t[n][1].start}},p={type:o>1?"strong":"emphasis",start:{...d.start},end:{...m.end}};t[r][1].end={...d.start},t[n][1].start={...m.end},i=[],t[r][1].end.offset-t[r][1].start.offset&&(i=me(i,[["enter",t[r][1],e],["exit",t[r][1],e]])),i=me(i,[["enter",p,e],["enter",d,e],["exit",d,e],["enter",u,e]]),i=me(i,Ge(e.parser.constructs.insideSpan.null,t.slice(r+1,n),e)),i=me(i,[["exit",u,e],["enter",m,e],["exit",m,e],["exit",p,e]]);let f=0;t[n][1].end.offset-t[n][1].start.offset&&(f=2,i=me(i,[["enter",t[n][1],e],["exit",t[n][1],e]])),oe(t,r-1,n-r+3,i),n=r+i.length-f-2;break}}for(n=-1;++n<t.length;)t[n][1].type==="attentionSequence"&&(t[n][1].type="data");return t}function os(t,e){let n=this.parser.constructs.attentionMarkers.null,i=this.previous,r=ht(i),o;return a;function a(d){return o=d,t.enter("attentionSequence"),s(d)}function s(d){if(d===o)return t.consume(d),s;let m=t.exit("attentionSequence"),u=ht(d),p=!u||u===2&&r||n.includes(d)&&d!==42&&d!==95,f=!r||r===2&&u||n.includes(i)&&i!==42&&i!==95;return m._open=!!(o===42?p:p&&(r||!f)),m._close=!!(o===42?f:f&&(u||!p)),e(d)}}function Or(t,e){t.column+=e,t.offset+=e,t._bufferIndex+=e}var ii={name:"autolink",tokenize:as};function as(t,e,n){let i=0;return r;function r(h){return t.enter("autolink"),t.enter("autolinkMarker"),t.consume(h),t.exit("autolinkMarker"),t.enter("autolinkProtocol"),o}function o(h){return ie(h)?(t.consume(h),a):h===64?n(h):m(h)}function a(h){return h===43||h===45||h===46||re(h)?(i=1,s(h)):m(h)}function s(h){return h===58?(t.consume(h),i=0,d):(h===43||h===45||h===46||re(h))&&i++<32?(t.consume(h),s):(i=0,m(h))}function d(h){return h===62?(t.exit("autolinkProtocol"),t.enter("autolinkMarker"),t.consume(h),t.exit("autolinkMarker"),t.exit("autolink"),e):h===null||h===32||h===60||et(h)?n(h):(t.consume(h),d)}function m(h){return h===64?(t.consume(h),u):Ar(h)?(t.consume(h),m):n(h)}function u(h){return re(h)?p(h):n(h)}function p(h){return h===46?(t.consume(h),i=0,u):h===62?(t.exit("autolinkProtocol").type="autolinkEmail",t.enter("autolinkMarker"),t.consume(h),t.exit("autolinkMarker"),t.exit("autolink"),e):f(h)}function f(h){if((h===45||re(h))&&i++<63){let v=h===45?f:p;return t.consume(h),v}return n(h)}}var Ve={partial:!0,tokenize:ss};function ss(t,e,n){return i;function i(o){return I(o)?N(t,r,"linePrefix")(o):r(o)}function r(o){return o===null||C(o)?e(o):n(o)}}var sn={continuation:{tokenize:cs},exit:us,name:"blockQuote",tokenize:ls};function ls(t,e,n){let i=this;return r;function r(a){if(a===62){let s=i.containerState;return s.open||(t.enter("blockQuote",{_container:!0}),s.open=!0),t.enter("blockQuotePrefix"),t.enter("blockQuoteMarker"),t.consume(a),t.exit("blockQuoteMarker"),o}return n(a)}function o(a){return I(a)?(t.enter("blockQuotePrefixWhitespace"),t.consume(a),t.exit("blockQuotePrefixWhitespace"),t.exit("blockQuotePrefix"),e):(t.exit("blockQuotePrefix"),e(a))}}function cs(t,e,n){let i=this;return r;function r(a){return I(a)?N(t,o,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(a):o(a)}function o(a){return t.attempt(sn,e,n)(a)}}function us(t){t.exit("blockQuote")}var ln={name:"characterEscape",tokenize:ds};function ds(t,e,n){return i;function i(o){return t.enter("characterEscape"),t.enter("escapeMarker"),t.consume(o),t.exit("escapeMarker"),r}function r(o){return Lr(o)?(t.enter("characterEscapeValue"),t.consume(o),t.exit("characterEscapeValue"),t.exit("characterEscape"),e):n(o)}}var cn={name:"characterReference",tokenize:ms};function ms(t,e,n){let i=this,r=0,o,a;return s;function s(p){return t.enter("characterReference"),t.enter("characterReferenceMarker"),t.consume(p),t.exit("characterReferenceMarker"),d}function d(p){return p===35?(t.enter("characterReferenceMarkerNumeric"),t.consume(p),t.exit("characterReferenceMarkerNumeric"),m):(t.enter("characterReferenceValue"),o=31,a=re,u(p))}function m(p){return p===88||p===120?(t.enter("characterReferenceMarkerHexadecimal"),t.consume(p),t.exit("characterReferenceMarkerHexadecimal"),t.enter("characterReferenceValue"),o=6,a=Ir,u):(t.enter("characterReferenceValue"),o=7,a=Nt,u(p))}function u(p){if(p===59&&r){let f=t.exit("characterReferenceValue");return a===re&&!mt(i.sliceSerialize(f))?n(p):(t.enter("characterReferenceMarker"),t.consume(p),t.exit("characterReferenceMarker"),t.exit("characterReference"),e)}return a(p)&&r++<o?(t.consume(p),u):n(p)}}var Pt={partial:!0,tokenize:hs};function hs(t,e,n){let i=this;return r;function r(a){return a===null?n(a):(t.enter("lineEnding"),t.consume(a),t.exit("lineEnding"),o)}function o(a){return i.parser.lazy[i.now().line]?n(a):e(a)}}var un={concrete:!0,name:"codeFenced",tokenize:ps};function ps(t,e,n){let i=this,r={partial:!0,tokenize:j},o=0,a=0,s;return d;function d(x){return m(x)}function m(x){let z=i.events[i.events.length-1];return o=z&&z[1].type==="linePrefix"?z[2].sliceSerialize(z[1],!0).length:0,s=x,t.enter("codeFenced"),t.enter("codeFencedFence"),t.enter("codeFencedFenceSequence"),u(x)}function u(x){return x===s?(a++,t.consume(x),u):a<3?n(x):(t.exit("codeFencedFenceSequence"),I(x)?N(t,p,"whitespace")(x):p(x))}function p(x){return x===null||C(x)?(t.exit("codeFencedFence"),i.interrupt?e(x):t.check(Pt,M,R)(x)):(t.enter("codeFencedFenceInfo"),t.enter("chunkString",{contentType:"string"}),f(x))}function f(x){return x===null||C(x)?(t.exit("chunkString"),t.exit("codeFencedFenceInfo"),p(x)):I(x)?(t.exit("chunkString"),t.exit("codeFencedFenceInfo"),N(t,h,"whitespace")(x)):x===96&&x===s?n(x):(t.consume(x),f)}function h(x){return x===null||C(x)?p(x):(t.enter("codeFencedFenceMeta"),t.enter("chunkString",{contentType:"string"}),v(x))}function v(x){return x===null||C(x)?(t.exit("chunkString"),t.exit("codeFencedFenceMeta"),p(x)):x===96&&x===s?n(x):(t.consume(x),v)}function M(x){return t.attempt(r,R,T)(x)}function T(x){return t.enter("lineEnding"),t.consume(x),t.exit("lineEnding"),k}function k(x){return o>0&&I(x)?N(t,L,"linePrefix",o+1)(x):L(x)}function L(x){return x===null||C(x)?t.check(Pt,M,R)(x):(t.enter("codeFlowValue"),S(x))}function S(x){return x===null||C(x)?(t.exit("codeFlowValue"),L(x)):(t.consume(x),S)}function R(x){return t.exit("codeFenced"),e(x)}function j(x,z,W){let X=0;return y;function y(q){return x.enter("lineEnding"),x.consume(q),x.exit("lineEnding"),$}function $(q){return x.enter("codeFencedFence"),I(q)?N(x,G,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(q):G(q)}function G(q){return q===s?(x.enter("codeFencedFenceSequence"),A(q)):W(q)}function A(q){return q===s?(X++,x.consume(q),A):X>=a?(x.exit("codeFencedFenceSequence"),I(q)?N(x,H,"whitespace")(q):H(q)):W(q)}function H(q){return q===null||C(q)?(x.exit("codeFencedFence"),z(q)):W(q)}}}var Ot={name:"codeIndented",tokenize:gs},fs={partial:!0,tokenize:bs};function gs(t,e,n){return i;function i(s){return t.enter("codeIndented"),ni(t,r,n,"linePrefix",4,4)(s)}function r(s){return s===null?a(s):C(s)?t.attempt(fs,r,a)(s):(t.enter("codeFlowValue"),o(s))}function o(s){return s===null||C(s)?(t.exit("codeFlowValue"),r(s)):(t.consume(s),o)}function a(s){return t.exit("codeIndented"),e(s)}}function bs(t,e,n){let i=this;return r;function r(a){return i.parser.lazy[i.now().line]?n(a):C(a)?(t.enter("lineEnding"),t.consume(a),t.exit("lineEnding"),r):ni(t,e,o,"linePrefix",4,4)(a)}function o(a){return C(a)?r(a):n(a)}}var ri={name:"codeText",previous:ws,resolve:ys,tokenize:ks};function ys(t){let e=t.length-4,n=3,i,r;if((t[n][1].type==="lineEnding"||t[n][1].type==="space")&&(t[e][1].type==="lineEnding"||t[e][1].type==="space")){for(i=n;++i<e;)if(t[i][1].type==="codeTextData"){t[n][1].type="codeTextPadding",t[e][1].type="codeTextPadding",n+=2,e-=2;break}}for(i=n-1,e++;++i<=e;)r===void 0?i!==e&&t[i][1].type!=="lineEnding"&&(r=i):(i===e||t[i][1].type==="lineEnding")&&(t[r][1].type="codeTextData",i!==r+2&&(t[r][1].end=t[i-1][1].end,t.splice(r+2,i-r-2),e-=i-r-2,i=r+2),r=void 0);return t}function ws(t){return t!==96||this.events[this.events.length-1][1].type==="characterEscape"}function ks(t,e,n){let i=this,r=0,o,a;return s;function s(f){return t.enter("codeText"),t.enter("codeTextSequence"),d(f)}function d(f){return f===96?(t.consume(f),r++,d):(t.exit("codeTextSequence"),m(f))}function m(f){return f===null?n(f):f===32?(t.enter("space"),t.consume(f),t.exit("space"),m):f===96?(a=t.enter("codeTextSequence"),o=0,p(f)):C(f)?(t.enter("lineEnding"),t.consume(f),t.exit("lineEnding"),m):(t.enter("codeTextData"),u(f))}function u(f){return f===null||f===32||f===96||C(f)?(t.exit("codeTextData"),m(f)):(t.consume(f),u)}function p(f){return f===96?(t.consume(f),o++,p):o===r?(t.exit("codeTextSequence"),t.exit("codeText"),e(f)):(a.type="codeTextData",u(f))}}var dn=class{constructor(e){this.left=e?[...e]:[],this.right=[]}get(e){if(e<0||e>=this.left.length+this.right.length)throw new RangeError("Cannot access index `"+e+"` in a splice buffer of size `"+(this.left.length+this.right.length)+"`");return e<this.left.length?this.left[e]:this.right[this.right.length-e+this.left.length-1]}get length(){return this.left.length+this.right.length}shift(){return this.setCursor(0),this.right.pop()}slice(e,n){let i=n??Number.POSITIVE_INFINITY;return i<this.left.length?this.left.slice(e,i):e>this.left.length?this.right.slice(this.right.length-i+this.left.length,this.right.length-e+this.left.length).reverse():this.left.slice(e).concat(this.right.slice(this.right.length-i+this.left.length).reverse())}splice(e,n,i){let r=n||0;this.setCursor(Math.trunc(e));let o=this.right.splice(this.right.length-r,Number.POSITIVE_INFINITY);return i&&zt(this.left,i),o.reverse()}pop(){return this.setCursor(Number.POSITIVE_INFINITY),this.left.pop()}push(e){this.setCursor(Number.POSITIVE_INFINITY),this.left.push(e)}pushMany(e){this.setCursor(Number.POSITIVE_INFINITY),zt(this.left,e)}unshift(e){this.setCursor(0),this.right.push(e)}unshiftMany(e){this.setCursor(0),zt(this.right,e.reverse())}setCursor(e){if(!(e===this.left.length||e>this.left.length&&this.right.length===0||e<0&&this.left.length===0))if(e<this.left.length){let n=this.left.splice(e,Number.POSITIVE_INFINITY);zt(this.right,n.reverse())}else{let n=this.right.splice(this.left.length+this.right.length-e,Number.POSITIVE_INFINITY);zt(this.left,n.reverse())}}};function zt(t,e){let n=0;if(e.length<1e4)t.push(...e);else for(;n<e.length;)t.push(...e.slice(n,n+1e4)),n+=1e4}function mn(t){let e={},n=-1,i,r,o,a,s,d,m,u=new dn(t);for(;++n<u.length;){for(;n in e;)n=e[n];if(i=u.get(n),n&&i[1].type==="chunkFlow"&&u.get(n-1)[1].type==="listItemPrefix"&&(d=i[1]._tokenizer.events,o=0,o<d.length&&d[o][1].type==="lineEndingBlank"&&(o+=2),o<d.length&&d[o][1].type==="content"))for(;++o<d.length&&d[o][1].type!=="content";)d[o][1].type==="chunkText"&&(d[o][1]._isInFirstContentOfListItem=!0,o++);if(i[0]==="enter")i[1].contentType&&(Object.assign(e,xs(u,n)),n=e[n],m=!0);else if(i[1]._container){for(o=n,r=void 0;o--;)if(a=u.get(o),a[1].type==="lineEnding"||a[1].type==="lineEndingBlank")a[0]==="enter"&&(r&&(u.get(r)[1].type="lineEndingBlank"),a[1].type="lineEnding",r=o);else if(!(a[1].type==="linePrefix"||a[1].type==="listItemIndent"))break;r&&(i[1].end={...u.get(r)[1].start},s=u.slice(r,n),s.unshift(i),u.splice(r,n-r+1,s))}}return oe(t,0,Number.POSITIVE_INFINITY,u.slice(0)),!m}function xs(t,e){let n=t.get(e)[1],i=t.get(e)[2],r=e-1,o=[],a=n._tokenizer;a||(a=i.parser[n.contentType](n.start),n._contentTypeTextTrailing&&(a._contentTypeTextTrailing=!0));let s=a.events,d=[],m={},u,p,f=-1,h=n,v=0,M=0,T=[M];for(;h;){for(;t.get(++r)[1]!==h;);o.push(r),h._tokenizer||(u=i.sliceStream(h),h.next||u.push(null),p&&a.defineSkip(h.start),h._isInFirstContentOfListItem&&(a._gfmTasklistFirstContentOfListItem=!0),a.write(u),h._isInFirstContentOfListItem&&(a._gfmTasklistFirstContentOfListItem=void 0)),p=h,h=h.next}for(h=n;++f<s.length;)s[f][0]==="exit"&&s[f-1][0]==="enter"&&s[f][1].type===s[f-1][1].type&&s[f][1].start.line!==s[f][1].end.line&&(M=f+1,T.push(M),h._tokenizer=void 0,h.previous=void 0,h=h.next);for(a.events=[],h?(h._tokenizer=void 0,h.previous=void 0):T.pop(),f=T.length;f--;){let k=s.slice(T[f],T[f+1]),L=o.pop();d.push([L,L+k.length-1]),t.splice(L,2,k)}for(d.reverse(),f=-1;++f<d.length;)m[v+d[f][0]]=v+d[f][1],v+=d[f][1]-d[f][0]-1;return m}var oi={resolve:Es,tokenize:Ss},vs={partial:!0,tokenize:Ts};function Es(t){return mn(t),t}function Ss(t,e){let n;return i;function i(s){return t.enter("content"),n=t.enter("chunkContent",{contentType:"content"}),r(s)}function r(s){return s===null?o(s):C(s)?t.check(vs,a,o)(s):(t.consume(s),r)}function o(s){return t.exit("chunkContent"),t.exit("content"),e(s)}function a(s){return t.consume(s),t.exit("chunkContent"),n.next=t.enter("chunkContent",{contentType:"content",previous:n}),n=n.next,r}}function Ts(t,e,n){let i=this;return r;function r(a){return t.exit("chunkContent"),t.enter("lineEnding"),t.consume(a),t.exit("lineEnding"),N(t,o,"linePrefix")}function o(a){if(a===null||C(a))return n(a);let s=i.events[i.events.length-1];return!i.parser.constructs.disable.null.includes("codeIndented")&&s&&s[1].type==="linePrefix"&&s[2].sliceSerialize(s[1],!0).length>=4?e(a):t.interrupt(i.parser.constructs.flow,n,e)(a)}}function hn(t,e,n,i,r,o,a,s,d){let m=d||Number.POSITIVE_INFINITY,u=0;return p;function p(k){return k===60?(t.enter(i),t.enter(r),t.enter(o),t.consume(k),t.exit(o),f):k===null||k===32||k===41||et(k)?n(k):(t.enter(i),t.enter(a),t.enter(s),t.enter("chunkString",{contentType:"string"}),M(k))}function f(k){return k===62?(t.enter(o),t.consume(k),t.exit(o),t.exit(r),t.exit(i),e):(t.enter(s),t.enter("chunkString",{contentType:"string"}),h(k))}function h(k){return k===62?(t.exit("chunkString"),t.exit(s),f(k)):k===null||k===60||C(k)?n(k):(t.consume(k),k===92?v:h)}function v(k){return k===60||k===62||k===92?(t.consume(k),h):h(k)}function M(k){return!u&&(k===null||k===41||U(k))?(t.exit("chunkString"),t.exit(s),t.exit(a),t.exit(i),e(k)):u<m&&k===40?(t.consume(k),u++,M):k===41?(t.consume(k),u--,M):k===null||k===32||k===40||et(k)?n(k):(t.consume(k),k===92?T:M)}function T(k){return k===40||k===41||k===92?(t.consume(k),M):M(k)}}function pn(t,e,n,i,r,o){let a=this,s=0,d;return m;function m(h){return t.enter(i),t.enter(r),t.consume(h),t.exit(r),t.enter(o),u}function u(h){return s>999||h===null||h===91||h===93&&!d||h===94&&!s&&"_hiddenFootnoteSupport"in a.parser.constructs?n(h):h===93?(t.exit(o),t.enter(r),t.consume(h),t.exit(r),t.exit(i),e):C(h)?(t.enter("lineEnding"),t.consume(h),t.exit("lineEnding"),u):(t.enter("chunkString",{contentType:"string"}),p(h))}function p(h){return h===null||h===91||h===93||C(h)||s++>999?(t.exit("chunkString"),u(h)):(t.consume(h),d||(d=!I(h)),h===92?f:p)}function f(h){return h===91||h===92||h===93?(t.consume(h),s++,p):p(h)}}function fn(t,e,n,i,r,o){let a;return s;function s(f){return f===34||f===39||f===40?(t.enter(i),t.enter(r),t.consume(f),t.exit(r),a=f===40?41:f,d):n(f)}function d(f){return f===a?(t.enter(r),t.consume(f),t.exit(r),t.exit(i),e):(t.enter(o),m(f))}function m(f){return f===a?(t.exit(o),d(a)):f===null?n(f):C(f)?(t.enter("lineEnding"),t.consume(f),t.exit("lineEnding"),N(t,m,"linePrefix")):(t.enter("chunkString",{contentType:"string"}),u(f))}function u(f){return f===a||f===null||C(f)?(t.exit("chunkString"),m(f)):(t.consume(f),f===92?p:u)}function p(f){return f===a||f===92?(t.consume(f),u):u(f)}}function tt(t,e){let n;return i;function i(r){return C(r)?(t.enter("lineEnding"),t.consume(r),t.exit("lineEnding"),n=!0,i):I(r)?N(t,i,n?"linePrefix":"lineSuffix")(r):e(r)}}var ai={name:"definition",tokenize:Ms},Cs={partial:!0,tokenize:As};function Ms(t,e,n){let i=this,r;return o;function o(h){return t.enter("definition"),a(h)}function a(h){return pn.call(i,t,s,n,"definitionLabel","definitionLabelMarker","definitionLabelString")(h)}function s(h){return r=_e(i.sliceSerialize(i.events[i.events.length-1][1]).slice(1,-1)),h===58?(t.enter("definitionMarker"),t.consume(h),t.exit("definitionMarker"),d):n(h)}function d(h){return U(h)?tt(t,m)(h):m(h)}function m(h){return hn(t,u,n,"definitionDestination","definitionDestinationLiteral","definitionDestinationLiteralMarker","definitionDestinationRaw","definitionDestinationString")(h)}function u(h){return t.attempt(Cs,p,p)(h)}function p(h){return I(h)?N(t,f,"whitespace")(h):f(h)}function f(h){return h===null||C(h)?(t.exit("definition"),i.parser.defined.push(r),e(h)):n(h)}}function As(t,e,n){return i;function i(s){return U(s)?tt(t,r)(s):n(s)}function r(s){return fn(t,o,n,"definitionTitle","definitionTitleMarker","definitionTitleString")(s)}function o(s){return I(s)?N(t,a,"whitespace")(s):a(s)}function a(s){return s===null||C(s)?e(s):n(s)}}var si={name:"hardBreakEscape",tokenize:Is};function Is(t,e,n){return i;function i(o){return t.enter("hardBreakEscape"),t.consume(o),r}function r(o){return C(o)?(t.exit("hardBreakEscape"),e(o)):n(o)}}var li={name:"headingAtx",resolve:Ls,tokenize:Rs};function Ls(t,e){let n=t.length-2,i=3;if(t[i][1].type==="whitespace"&&(i+=2),n-2>i&&t[n][1].type==="whitespace"&&(n-=2),t[n][1].type==="atxHeadingSequence"&&(i===n-1||n-4>i&&t[n-2][1].type==="whitespace")&&(n-=i+1===n?2:4),n>i){let r={type:"atxHeadingText",start:t[i][1].start,end:t[n][1].end},o={type:"chunkText",start:t[i][1].start,end:t[n][1].end,contentType:"text"};oe(t,i,n-i+1,[["enter",r,e],["enter",o,e],["exit",o,e],["exit",r,e]])}return t}function Rs(t,e,n){let i=0;return r;function r(u){return t.enter("atxHeading"),o(u)}function o(u){return t.enter("atxHeadingSequence"),a(u)}function a(u){return u===35&&i++<6?(t.consume(u),a):u===null||U(u)?(t.exit("atxHeadingSequence"),s(u)):n(u)}function s(u){return u===35?(t.enter("atxHeadingSequence"),d(u)):u===null||C(u)?(t.exit("atxHeading"),e(u)):I(u)?N(t,s,"whitespace")(u):(t.enter("atxHeadingText"),m(u))}function d(u){return u===35?(t.consume(u),d):(t.exit("atxHeadingSequence"),s(u))}function m(u){return u===null||u===35||U(u)?(t.exit("atxHeadingText"),s(u)):(t.consume(u),m)}}var zr=["address","article","aside","base","basefont","blockquote","body","caption","center","col","colgroup","dd","details","dialog","dir","div","dl","dt","fieldset","figcaption","figure","footer","form","frame","frameset","h1","h2","h3","h4","h5","h6","head","header","hr","html","iframe","legend","li","link","main","menu","menuitem","nav","noframes","ol","optgroup","option","p","param","search","section","summary","table","tbody","td","tfoot","th","thead","title","tr","track","ul"],ci=["pre","script","style","textarea"];var ui={concrete:!0,name:"htmlFlow",resolveTo:Ds,tokenize:Ps},Ns={partial:!0,tokenize:Os};function Ds(t){let e=t.length;for(;e--&&!(t[e][0]==="enter"&&t[e][1].type==="htmlFlow"););return e>1&&t[e-2][1].type==="linePrefix"&&(t[e][1].start=t[e-2][1].start,t[e+1][1].start=t[e-2][1].start,t.splice(e-2,2)),t}function Ps(t,e,n){let i=this,r,o,a,s,d;return m;function m(b){return u(b)}function u(b){return t.enter("htmlFlow"),t.enter("htmlFlowData"),t.consume(b),p}function p(b){return b===33?(t.consume(b),f):b===47?(t.consume(b),o=!0,M):b===63?(t.consume(b),r=3,i.interrupt?e:g):ie(b)?(t.consume(b),a=String.fromCharCode(b),T):n(b)}function f(b){return b===45?(t.consume(b),r=2,h):b===91?(t.consume(b),r=5,s=0,v):ie(b)?(t.consume(b),r=4,i.interrupt?e:g):n(b)}function h(b){return b===45?(t.consume(b),i.interrupt?e:g):n(b)}function v(b){let fe="CDATA[";return b===fe.charCodeAt(s++)?(t.consume(b),s===fe.length?i.interrupt?e:G:v):n(b)}function M(b){return ie(b)?(t.consume(b),a=String.fromCharCode(b),T):n(b)}function T(b){if(b===null||b===47||b===62||U(b)){let fe=b===47,at=a.toLowerCase();return!fe&&!o&&ci.includes(at)?(r=1,i.interrupt?e(b):G(b)):zr.includes(a.toLowerCase())?(r=6,fe?(t.consume(b),k):i.interrupt?e(b):G(b)):(r=7,i.interrupt&&!i.parser.lazy[i.now().line]?n(b):o?L(b):S(b))}return b===45||re(b)?(t.consume(b),a+=String.fromCharCode(b),T):n(b)}function k(b){return b===62?(t.consume(b),i.interrupt?e:G):n(b)}function L(b){return I(b)?(t.consume(b),L):y(b)}function S(b){return b===47?(t.consume(b),y):b===58||b===95||ie(b)?(t.consume(b),R):I(b)?(t.consume(b),S):y(b)}function R(b){return b===45||b===46||b===58||b===95||re(b)?(t.consume(b),R):j(b)}function j(b){return b===61?(t.consume(b),x):I(b)?(t.consume(b),j):S(b)}function x(b){return b===null||b===60||b===61||b===62||b===96?n(b):b===34||b===39?(t.consume(b),d=b,z):I(b)?(t.consume(b),x):W(b)}function z(b){return b===d?(t.consume(b),d=null,X):b===null||C(b)?n(b):(t.consume(b),z)}function W(b){return b===null||b===34||b===39||b===47||b===60||b===61||b===62||b===96||U(b)?j(b):(t.consume(b),W)}function X(b){return b===47||b===62||I(b)?S(b):n(b)}function y(b){return b===62?(t.consume(b),$):n(b)}function $(b){return b===null||C(b)?G(b):I(b)?(t.consume(b),$):n(b)}function G(b){return b===45&&r===2?(t.consume(b),ee):b===60&&r===1?(t.consume(b),ne):b===62&&r===4?(t.consume(b),ye):b===63&&r===3?(t.consume(b),g):b===93&&r===5?(t.consume(b),Ce):C(b)&&(r===6||r===7)?(t.exit("htmlFlowData"),t.check(Ns,De,A)(b)):b===null||C(b)?(t.exit("htmlFlowData"),A(b)):(t.consume(b),G)}function A(b){return t.check(Pt,H,De)(b)}function H(b){return t.enter("lineEnding"),t.consume(b),t.exit("lineEnding"),q}function q(b){return b===null||C(b)?A(b):(t.enter("htmlFlowData"),G(b))}function ee(b){return b===45?(t.consume(b),g):G(b)}function ne(b){return b===47?(t.consume(b),a="",xe):G(b)}function xe(b){if(b===62){let fe=a.toLowerCase();return ci.includes(fe)?(t.consume(b),ye):G(b)}return ie(b)&&a.length<8?(t.consume(b),a+=String.fromCharCode(b),xe):G(b)}function Ce(b){return b===93?(t.consume(b),g):G(b)}function g(b){return b===62?(t.consume(b),ye):b===45&&r===2?(t.consume(b),g):G(b)}function ye(b){return b===null||C(b)?(t.exit("htmlFlowData"),De(b)):(t.consume(b),ye)}function De(b){return t.exit("htmlFlow"),e(b)}}function Os(t,e,n){return i;function i(r){return t.enter("lineEnding"),t.consume(r),t.exit("lineEnding"),t.attempt(Ve,e,n)}}var di={name:"htmlText",tokenize:zs};function zs(t,e,n){let i=this,r,o,a;return s;function s(g){return t.enter("htmlText"),t.enter("htmlTextData"),t.consume(g),d}function d(g){return g===33?(t.consume(g),m):g===47?(t.consume(g),j):g===63?(t.consume(g),S):ie(g)?(t.consume(g),W):n(g)}function m(g){return g===45?(t.consume(g),u):g===91?(t.consume(g),o=0,v):ie(g)?(t.consume(g),L):n(g)}function u(g){return g===45?(t.consume(g),h):n(g)}function p(g){return g===null?n(g):g===45?(t.consume(g),f):C(g)?(a=p,ne(g)):(t.consume(g),p)}function f(g){return g===45?(t.consume(g),h):p(g)}function h(g){return g===62?ee(g):g===45?f(g):p(g)}function v(g){let ye="CDATA[";return g===ye.charCodeAt(o++)?(t.consume(g),o===ye.length?M:v):n(g)}function M(g){return g===null?n(g):g===93?(t.consume(g),T):C(g)?(a=M,ne(g)):(t.consume(g),M)}function T(g){return g===93?(t.consume(g),k):M(g)}function k(g){return g===62?ee(g):g===93?(t.consume(g),k):M(g)}function L(g){return g===null||g===62?ee(g):C(g)?(a=L,ne(g)):(t.consume(g),L)}function S(g){return g===null?n(g):g===63?(t.consume(g),R):C(g)?(a=S,ne(g)):(t.consume(g),S)}function R(g){return g===62?ee(g):S(g)}function j(g){return ie(g)?(t.consume(g),x):n(g)}function x(g){return g===45||re(g)?(t.consume(g),x):z(g)}function z(g){return C(g)?(a=z,ne(g)):I(g)?(t.consume(g),z):ee(g)}function W(g){return g===45||re(g)?(t.consume(g),W):g===47||g===62||U(g)?X(g):n(g)}function X(g){return g===47?(t.consume(g),ee):g===58||g===95||ie(g)?(t.consume(g),y):C(g)?(a=X,ne(g)):I(g)?(t.consume(g),X):ee(g)}function y(g){return g===45||g===46||g===58||g===95||re(g)?(t.consume(g),y):$(g)}function $(g){return g===61?(t.consume(g),G):C(g)?(a=$,ne(g)):I(g)?(t.consume(g),$):X(g)}function G(g){return g===null||g===60||g===61||g===62||g===96?n(g):g===34||g===39?(t.consume(g),r=g,A):C(g)?(a=G,ne(g)):I(g)?(t.consume(g),G):(t.consume(g),H)}function A(g){return g===r?(t.consume(g),r=void 0,q):g===null?n(g):C(g)?(a=A,ne(g)):(t.consume(g),A)}function H(g){return g===null||g===34||g===39||g===60||g===61||g===96?n(g):g===47||g===62||U(g)?X(g):(t.consume(g),H)}function q(g){return g===47||g===62||U(g)?X(g):n(g)}function ee(g){return g===62?(t.consume(g),t.exit("htmlTextData"),t.exit("htmlText"),e):n(g)}function ne(g){return t.exit("htmlTextData"),t.enter("lineEnding"),t.consume(g),t.exit("lineEnding"),xe}function xe(g){return I(g)?N(t,Ce,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(g):Ce(g)}function Ce(g){return t.enter("htmlTextData"),a(g)}}var nt={name:"labelEnd",resolveAll:Fs,resolveTo:Hs,tokenize:Bs},_s={tokenize:Us},js={tokenize:$s},qs={tokenize:Ws};function Fs(t){let e=-1,n=[];for(;++e<t.length;){let i=t[e][1];if(n.push(t[e]),i.type==="labelImage"||i.type==="labelLink"||i.type==="labelEnd"){let r=i.type==="labelImage"?4:2;i.type="data",e+=r}}return t.length!==n.length&&oe(t,0,t.length,n),t}function Hs(t,e){let n=t.length,i=0,r,o,a;for(;n--;){let u=t[n][1];if(r){if(u.type==="link"||u.type==="labelLink"&&u._inactive)break;t[n][0]==="enter"&&u.type==="labelLink"&&(u._inactive=!0)}else if(o){if(t[n][0]==="enter"&&(u.type==="labelImage"||u.type==="labelLink")&&!u._balanced&&(r=n,u.type!=="labelLink")){i=2;break}}else u.type==="labelEnd"&&(o=n)}let s={type:t[r][1].type==="labelLink"?"link":"image",start:{...t[r][1].start},end:{...t[t.length-1][1].end}},d={type:"label",start:{...t[r][1].start},end:{...t[o][1].end}},m={type:"labelText",start:{...t[r+i+2][1].end},end:{...t[o-2][1].start}};return a=[["enter",s,e],["enter",d,e]],a=me(a,t.slice(r+1,r+i+3)),a=me(a,[["enter",m,e]]),a=me(a,Ge(e.parser.constructs.insideSpan.null,t.slice(r+i+4,o-3),e)),a=me(a,[["exit",m,e],t[o-2],t[o-1],["exit",d,e]]),a=me(a,t.slice(o+1)),a=me(a,[["exit",s,e]]),oe(t,r,t.length,a),t}function Bs(t,e,n){let i=this,r=i._labelStarts,o,a;if(r){for(;r.length>0&&r[r.length-1]._balanced;)r.pop();o=r[r.length-1]}return s;function s(f){return o?o._inactive?p(f):(a=i.parser.defined.includes(_e(i.sliceSerialize({start:o.end,end:i.now()}))),t.enter("labelEnd"),t.enter("labelMarker"),t.consume(f),t.exit("labelMarker"),t.exit("labelEnd"),d):n(f)}function d(f){return f===40?t.attempt(_s,u,a?u:p)(f):f===91?t.attempt(js,u,a?m:p)(f):a?u(f):p(f)}function m(f){return t.attempt(qs,u,p)(f)}function u(f){return r.pop(),e(f)}function p(f){return o._balanced=!0,n(f)}}function Us(t,e,n){return i;function i(p){return t.enter("resource"),t.enter("resourceMarker"),t.consume(p),t.exit("resourceMarker"),r}function r(p){return U(p)?tt(t,o)(p):o(p)}function o(p){return p===41?u(p):hn(t,a,s,"resourceDestination","resourceDestinationLiteral","resourceDestinationLiteralMarker","resourceDestinationRaw","resourceDestinationString",32)(p)}function a(p){return U(p)?tt(t,d)(p):u(p)}function s(p){return n(p)}function d(p){return p===34||p===39||p===40?fn(t,m,n,"resourceTitle","resourceTitleMarker","resourceTitleString")(p):u(p)}function m(p){return U(p)?tt(t,u)(p):u(p)}function u(p){return p===41?(t.enter("resourceMarker"),t.consume(p),t.exit("resourceMarker"),t.exit("resource"),e):n(p)}}function $s(t,e,n){let i=this;return r;function r(s){return pn.call(i,t,o,a,"reference","referenceMarker","referenceString")(s)}function o(s){return i.parser.defined.includes(_e(i.sliceSerialize(i.events[i.events.length-1][1]).slice(1,-1)))?e(s):n(s)}function a(s){return n(s)}}function Ws(t,e,n){return i;function i(o){return t.enter("reference"),t.enter("referenceMarker"),t.consume(o),t.exit("referenceMarker"),r}function r(o){return o===93?(t.enter("referenceMarker"),t.consume(o),t.exit("referenceMarker"),t.exit("reference"),e):n(o)}}var mi={name:"labelStartImage",resolveAll:nt.resolveAll,tokenize:Gs};function Gs(t,e,n){let i=this,r;return o;function o(d){return t.enter("labelImage"),t.enter("labelImageMarker"),t.consume(d),t.exit("labelImageMarker"),a}function a(d){return d===91?(t.enter("labelMarker"),t.consume(d),t.exit("labelMarker"),r=t.exit("labelImage"),s):n(d)}function s(d){return d===94&&"_hiddenFootnoteSupport"in i.parser.constructs?n(d):(i._labelStarts=i._labelStarts||[],i._labelStarts.push(r),e(d))}}var hi={name:"labelStartLink",resolveAll:nt.resolveAll,tokenize:Vs};function Vs(t,e,n){let i=this,r;return o;function o(s){return t.enter("labelLink"),t.enter("labelMarker"),t.consume(s),t.exit("labelMarker"),r=t.exit("labelLink"),a}function a(s){return s===94&&"_hiddenFootnoteSupport"in i.parser.constructs?n(s):(i._labelStarts=i._labelStarts||[],i._labelStarts.push(r),e(s))}}var _t={name:"lineEnding",tokenize:Ys};function Ys(t,e){return n;function n(i){return t.enter("lineEnding"),t.consume(i),t.exit("lineEnding"),N(t,e,"linePrefix")}}var it={name:"thematicBreak",tokenize:Ks};function Ks(t,e,n){let i=0,r;return o;function o(m){return t.enter("thematicBreak"),a(m)}function a(m){return r=m,s(m)}function s(m){return m===r?(t.enter("thematicBreakSequence"),d(m)):i>=3&&(m===null||C(m))?(t.exit("thematicBreak"),e(m)):n(m)}function d(m){return m===r?(t.consume(m),i++,d):(t.exit("thematicBreakSequence"),I(m)?N(t,s,"whitespace")(m):s(m))}}var ue={continuation:{tokenize:Xs},exit:tl,name:"list",tokenize:Js},Qs={partial:!0,tokenize:nl},Zs={partial:!0,tokenize:el};function Js(t,e,n){let i=this,r=i.events[i.events.length-1],o=r&&r[1].type==="linePrefix"?r[2].sliceSerialize(r[1],!0).length:0,a=0;return s;function s(h){let v=i.containerState.type||(h===42||h===43||h===45?"listUnordered":"listOrdered");if(v==="listUnordered"?!i.containerState.marker||h===i.containerState.marker:Nt(h)){if(i.containerState.type||(i.containerState.type=v,t.enter(v,{_container:!0})),v==="listUnordered")return t.enter("listItemPrefix"),h===42||h===45?t.check(it,n,m)(h):m(h);if(!i.interrupt||h===49)return t.enter("listItemPrefix"),t.enter("listItemValue"),d(h)}return n(h)}function d(h){return Nt(h)&&++a<10?(t.consume(h),d):(!i.interrupt||a<2)&&(i.containerState.marker?h===i.containerState.marker:h===41||h===46)?(t.exit("listItemValue"),m(h)):n(h)}function m(h){return t.enter("listItemMarker"),t.consume(h),t.exit("listItemMarker"),i.containerState.marker=i.containerState.marker||h,t.check(Ve,i.interrupt?n:u,t.attempt(Qs,f,p))}function u(h){return i.containerState.initialBlankLine=!0,o++,f(h)}function p(h){return I(h)?(t.enter("listItemPrefixWhitespace"),t.consume(h),t.exit("listItemPrefixWhitespace"),f):n(h)}function f(h){return i.containerState.size=o+i.sliceSerialize(t.exit("listItemPrefix"),!0).length,e(h)}}function Xs(t,e,n){let i=this;return i.containerState._closeFlow=void 0,t.check(Ve,r,o);function r(s){return i.containerState.furtherBlankLines=i.containerState.furtherBlankLines||i.containerState.initialBlankLine,N(t,e,"listItemIndent",i.containerState.size+1)(s)}function o(s){return i.containerState.furtherBlankLines||!I(s)?(i.containerState.furtherBlankLines=void 0,i.containerState.initialBlankLine=void 0,a(s)):(i.containerState.furtherBlankLines=void 0,i.containerState.initialBlankLine=void 0,t.attempt(Zs,e,a)(s))}function a(s){return i.containerState._closeFlow=!0,i.interrupt=void 0,N(t,t.attempt(ue,e,n),"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(s)}}function el(t,e,n){let i=this;return N(t,r,"listItemIndent",i.containerState.size+1);function r(o){let a=i.events[i.events.length-1];return a&&a[1].type==="listItemIndent"&&a[2].sliceSerialize(a[1],!0).length===i.containerState.size?e(o):n(o)}}function tl(t){t.exit(this.containerState.type)}function nl(t,e,n){let i=this;return N(t,r,"listItemPrefixWhitespace",i.parser.constructs.disable.null.includes("codeIndented")?void 0:5);function r(o){let a=i.events[i.events.length-1];return!I(o)&&a&&a[1].type==="listItemPrefixWhitespace"?e(o):n(o)}}var gn={name:"setextUnderline",resolveTo:il,tokenize:rl};function il(t,e){let n=new je,i=t.length,r,o,a;for(;i--;)if(t[i][0]==="enter"){if(t[i][1].type==="content"){r=i;break}t[i][1].type==="paragraph"&&(o=i)}else t[i][1].type==="content"&&n.add(i,1,[]),!a&&t[i][1].type==="definition"&&(a=i);let s={type:"setextHeading",start:{...t[r][1].start},end:{...t[t.length-1][1].end}};return t[o][1].type="setextHeadingText",a?(n.add(o,0,[["enter",s,e]]),n.add(a+1,0,[["exit",t[r][1],e]]),t[r][1].end={...t[a][1].end}):t[r][1]=s,n.add(t.length,0,[["exit",s,e]]),n.consume(t),t}function rl(t,e,n){let i=this,r;return o;function o(m){let u=i.events.length,p;for(;u--;)if(i.events[u][1].type!=="lineEnding"&&i.events[u][1].type!=="linePrefix"&&i.events[u][1].type!=="content"){p=i.events[u][1].type==="paragraph";break}return!i.parser.lazy[i.now().line]&&(i.interrupt||p)?(t.enter("setextHeadingLine"),r=m,a(m)):n(m)}function a(m){return t.enter("setextHeadingLineSequence"),s(m)}function s(m){return m===r?(t.consume(m),s):(t.exit("setextHeadingLineSequence"),I(m)?N(t,d,"lineSuffix")(m):d(m))}function d(m){return m===null||C(m)?(t.exit("setextHeadingLine"),e(m)):n(m)}}var _r={tokenize:ol};function ol(t){let e=this,n=t.attempt(Ve,i,t.attempt(this.parser.constructs.flowInitial,r,N(t,t.attempt(this.parser.constructs.flow,r,t.attempt(oi,r)),"linePrefix")));return n;function i(o){if(o===null){t.consume(o);return}return t.enter("lineEndingBlank"),t.consume(o),t.exit("lineEndingBlank"),e.currentConstruct=void 0,n}function r(o){if(o===null){t.consume(o);return}return t.enter("lineEnding"),t.consume(o),t.exit("lineEnding"),e.currentConstruct=void 0,n}}var jr={resolveAll:Br()},qr=Hr("string"),Fr=Hr("text");function Hr(t){return{resolveAll:Br(t==="text"?al:void 0),tokenize:e};function e(n){let i=this,r=this.parser.constructs[t],o=n.attempt(r,a,s);return a;function a(u){return m(u)?o(u):s(u)}function s(u){if(u===null){n.consume(u);return}return n.enter("data"),n.consume(u),d}function d(u){return m(u)?(n.exit("data"),o(u)):(n.consume(u),d)}function m(u){if(u===null)return!0;let p=r[u],f=-1;if(p)for(;++f<p.length;){let h=p[f];if(!h.previous||h.previous.call(i,i.previous))return!0}return!1}}}function Br(t){return e;function e(n,i){let r=-1,o;for(;++r<=n.length;)o===void 0?n[r]&&n[r][1].type==="data"&&(o=r,r++):(!n[r]||n[r][1].type!=="data")&&(r!==o+2&&(n[o][1].end=n[r-1][1].end,n.splice(o+2,r-o-2),r=o+2),o=void 0);return t?t(n,i):n}}function al(t,e){let n=new je,i=0;for(;++i<=t.length;)if((i===t.length||t[i][1].type==="lineEnding")&&t[i-1][1].type==="data"){let r=t[i-1][1],o=e.sliceStream(r),a=o.length,s=-1,d=0,m;for(;a--;){let u=o[a];if(typeof u=="string"){for(s=u.length;u.charCodeAt(s-1)===32;)d++,s--;if(s)break;s=-1}else if(u===-2)m=!0,d++;else if(u!==-1){a++;break}}if(e._contentTypeTextTrailing&&i===t.length&&(d=0),d){let u={type:i===t.length||m||d<2?"lineSuffix":"hardBreakTrailing",start:{_bufferIndex:a?s:r.start._bufferIndex+s,_index:r.start._index+a,line:r.end.line,column:r.end.column-d,offset:r.end.offset-d},end:{...r.end}};r.end={...u.start},r.start.offset===r.end.offset?Object.assign(r,u):n.add(i,0,[["enter",u,e],["exit",u,e]])}i++}return n.consume(t),t}var pi={};va(pi,{attentionMarkers:()=>pl,contentInitial:()=>ll,disable:()=>fl,document:()=>sl,flow:()=>ul,flowInitial:()=>cl,insideSpan:()=>hl,string:()=>dl,text:()=>ml});var sl={42:ue,43:ue,45:ue,48:ue,49:ue,50:ue,51:ue,52:ue,53:ue,54:ue,55:ue,56:ue,57:ue,62:sn},ll={91:ai},cl={[-2]:Ot,[-1]:Ot,32:Ot},ul={35:li,42:it,45:[gn,it],60:ui,61:gn,95:it,96:un,126:un},dl={38:cn,92:ln},ml={[-5]:_t,[-4]:_t,[-3]:_t,33:mi,38:cn,42:Dt,60:[ii,di],91:hi,92:[si,ln],93:nt,95:Dt,96:ri},hl={null:[Dt,jr]},pl={null:[42,95]},fl={null:[]};function Ur(t,e,n){let i={_bufferIndex:-1,_index:0,line:n&&n.line||1,column:n&&n.column||1,offset:n&&n.offset||0},r={},o=[],a=[],s=[],d=!0,m={attempt:X(z),check:X(W),consume:R,enter:j,exit:x,interrupt:X(W,{interrupt:!0})},u={code:null,containerState:{},defineSkip:k,events:[],now:T,parser:t,previous:null,sliceSerialize:v,sliceStream:M,write:h},p=e.tokenize.call(u,m),f;return e.resolveAll&&o.push(e),u;function h(A){return a=me(a,A),L(),a[a.length-1]!==null?[]:(y(e,0),u.events=Ge(o,u.events,u),u.events)}function v(A,H){return bl(M(A),H)}function M(A){return gl(a,A)}function T(){let{_bufferIndex:A,_index:H,line:q,column:ee,offset:ne}=i;return{_bufferIndex:A,_index:H,line:q,column:ee,offset:ne}}function k(A){r[A.line]=A.column,G()}function L(){for(;i._index<a.length;){let A=a[i._index];if(typeof A=="string"){let H=i._index;for(i._bufferIndex<0&&(i._bufferIndex=0);i._index===H&&i._bufferIndex<A.length;)S(A.charCodeAt(i._bufferIndex))}else S(A)}}function S(A){d=void 0,f=A,p=p(A)}function R(A){C(A)?(i.line++,i.column=1,i.offset+=A===-3?2:1,G()):A!==-1&&(i.column++,i.offset++),i._bufferIndex<0?i._index++:(i._bufferIndex++,i._bufferIndex===a[i._index].length&&(i._bufferIndex=-1,i._index++)),u.previous=A,d=!0}function j(A,H){let q=H||{};return q.type=A,q.start=T(),u.events.push(["enter",q,u]),s.push(q),q}function x(A){let H=s.pop();return H.end=T(),u.events.push(["exit",H,u]),H}function z(A,H){y(A,H.from)}function W(A,H){H.restore()}function X(A,H){return q;function q(ee,ne,xe){let Ce,g,ye,De;return Array.isArray(ee)?fe(ee):"tokenize"in ee?fe([ee]):b(ee);function b(se){return xt;function xt(Pe){let st=Pe!==null&&se[Pe],Ze=Pe!==null&&se.null,Wn=[...Array.isArray(st)?st:st?[st]:[],...Array.isArray(Ze)?Ze:Ze?[Ze]:[]];return fe(Wn)(Pe)}}function fe(se){return Ce=se,g=0,se.length===0?xe:at(se[g])}function at(se){return xt;function xt(Pe){return De=$(),ye=se,se.partial||(u.currentConstruct=se),se.name&&u.parser.constructs.disable.null.includes(se.name)?Wt(Pe):se.tokenize.call(H?Object.assign(Object.create(u),H):u,m,$t,Wt)(Pe)}}function $t(se){return d=!0,A(ye,De),ne}function Wt(se){return d=!0,De.restore(),++g<Ce.length?at(Ce[g]):xe}}}function y(A,H){A.resolveAll&&!o.includes(A)&&o.push(A),A.resolve&&oe(u.events,H,u.events.length-H,A.resolve(u.events.slice(H),u)),A.resolveTo&&(u.events=A.resolveTo(u.events,u))}function $(){let A=T(),H=u.previous,q=u.currentConstruct,ee=u.events.length,ne=Array.from(s);return{from:ee,restore:xe};function xe(){i=A,u.previous=H,u.currentConstruct=q,u.events.length=ee,s=ne,G()}}function G(){i.line in r&&i.column<2&&(i.column=r[i.line],i.offset+=r[i.line]-1)}}function gl(t,e){let n=e.start._index,i=e.start._bufferIndex,r=e.end._index,o=e.end._bufferIndex,a;if(n===r)a=[t[n].slice(i,o)];else{if(a=t.slice(n,r),i>-1){let s=a[0];typeof s=="string"?a[0]=s.slice(i):a.shift()}o>0&&a.push(t[r].slice(0,o))}return a}function bl(t,e){let n=-1,i=[],r;for(;++n<t.length;){let o=t[n],a;if(typeof o=="string")a=o;else switch(o){case-5:{a="\r";break}case-4:{a=`
`;break}case-3:{a=`\r
`;break}case-2:{a=e?" ":"	";break}case-1:{if(!e&&r)continue;a=" ";break}default:a=String.fromCharCode(o)}r=o===-2,i.push(a)}return i.join("")}function fi(t){let i={constructs:Mr([pi,...(t||{}).extensions||[]]),content:r(Rr),defined:[],document:r(Pr),flow:r(_r),lazy:{},string:r(qr),text:r(Fr)};return i;function r(o){return a;function a(s){return Ur(i,o,s)}}}function gi(t){for(;!mn(t););return t}var $r=/[\0\t\n\r]/g;function bi(){let t=1,e="",n=!0,i;return r;function r(o,a,s){o=e+(typeof o=="string"?o.toString():new TextDecoder(a||void 0).decode(o));let d=[],m=0;for(e="",n&&(o.charCodeAt(0)===65279&&m++,n=void 0);m<o.length;){$r.lastIndex=m;let u=$r.exec(o),p=u&&u.index!==void 0?u.index:o.length,f=o.charCodeAt(p);if(!u){e=o.slice(m);break}if(f===10&&m===p&&i)d.push(-3),i=void 0;else switch(i&&(d.push(-5),i=void 0),m<p&&(d.push(o.slice(m,p)),t+=p-m),f){case 0:{d.push(65533),t++;break}case 9:{let h=Math.ceil(t/4)*4;for(d.push(-2);t++<h;)d.push(-1);break}case 10:{d.push(-4),t=1;break}default:i=!0,t=1}m=p+1}return s&&(i&&d.push(-5),e&&d.push(e),d.push(null)),d}}var yl=/\\([!-/:-@[-`{-~])|&(#(?:\d{1,7}|x[\da-f]{1,6})|[\da-z]{1,31});/gi;function Wr(t){return t.replace(yl,wl)}function wl(t,e,n){if(e)return e;if(n.charCodeAt(0)===35){let r=n.charCodeAt(1),o=r===120||r===88;return an(n.slice(o?2:1),o?16:10)}return mt(n)||t}function pt(t){return!t||typeof t!="object"?"":"position"in t||"type"in t?Gr(t.position):"start"in t||"end"in t?Gr(t):"line"in t||"column"in t?yi(t):""}function yi(t){return Vr(t&&t.line)+":"+Vr(t&&t.column)}function Gr(t){return yi(t&&t.start)+"-"+yi(t&&t.end)}function Vr(t){return t&&typeof t=="number"?t:1}var Kr={}.hasOwnProperty;function wi(t,e,n){return e&&typeof e=="object"&&(n=e,e=void 0),kl(n)(gi(fi(n).document().write(bi()(t,e,!0))))}function kl(t){let e={afterExit:[],beforeEnter:[],transforms:[],canContainEols:["emphasis","fragment","heading","paragraph","strong"],enter:{autolink:a(Hi),autolinkProtocol:y,autolinkEmail:y,atxHeading:a(ji),blockQuote:a(st),characterEscape:y,characterReference:y,codeFenced:a(Ze),codeFencedFenceInfo:s,codeFencedFenceMeta:s,codeIndented:a(Ze,s),codeText:a(Wn,s),codeTextData:y,data:y,codeFlowValue:y,definition:a(ha),definitionDestinationString:s,definitionLabelString:s,definitionTitleString:s,emphasis:a(pa),hardBreakEscape:a(qi),hardBreakTrailing:a(qi),htmlFlow:a(Fi,s),htmlFlowData:y,htmlText:a(Fi,s),htmlTextData:y,image:a(fa),label:s,link:a(Hi),listItem:a(ga),listItemValue:h,listOrdered:a(Bi,f),listUnordered:a(Bi),paragraph:a(ba),reference:fe,referenceString:s,resourceDestinationString:s,resourceTitleString:s,setextHeading:a(ji),strong:a(ya),thematicBreak:a(ka)},exit:{atxHeading:m(),atxHeadingSequence:x,autolink:m(),autolinkEmail:Pe,autolinkProtocol:xt,blockQuote:m(),characterEscapeValue:$,characterReferenceMarkerHexadecimal:$t,characterReferenceMarkerNumeric:$t,characterReferenceValue:Wt,characterReference:se,codeFenced:m(k),codeFencedFence:T,codeFencedFenceInfo:v,codeFencedFenceMeta:M,codeFlowValue:$,codeIndented:m(L),codeText:m(ee),codeTextData:$,data:$,definition:m(),definitionDestinationString:j,definitionLabelString:S,definitionTitleString:R,emphasis:m(),hardBreakEscape:m(A),hardBreakTrailing:m(A),htmlFlow:m(H),htmlFlowData:$,htmlText:m(q),htmlTextData:$,image:m(xe),label:g,labelText:Ce,lineEnding:G,link:m(ne),listItem:m(),listOrdered:m(),listUnordered:m(),paragraph:m(),referenceString:at,resourceDestinationString:ye,resourceTitleString:De,resource:b,setextHeading:m(X),setextHeadingLineSequence:W,setextHeadingText:z,strong:m(),thematicBreak:m()}};Qr(e,(t||{}).mdastExtensions||[]);let n={};return i;function i(w){let E={type:"root",children:[],position:void 0},P={stack:[E],tokenStack:[],config:e,enter:d,exit:u,buffer:s,resume:p,data:n},_=[],he=[],Y=-1;for(;++Y<w.length;)if(he.push(w[Y]),w[Y][1].type==="listOrdered"||w[Y][1].type==="listUnordered")if(w[Y][0]==="enter")_.push(he.length-1);else{let pe=_.pop();o(he,pe)}for(w=he,Y=-1;++Y<w.length;){let pe=e[w[Y][0]];w[Y][0]==="enter"&&e.beforeEnter.length>0&&r(e.beforeEnter,{...P,sliceSerialize:w[Y][2].sliceSerialize},w[Y][1]),Kr.call(pe,w[Y][1].type)&&pe[w[Y][1].type].call({...P,sliceSerialize:w[Y][2].sliceSerialize},w[Y][1]),w[Y][0]==="exit"&&e.afterExit.length>0&&r(e.afterExit,{...P,sliceSerialize:w[Y][2].sliceSerialize},w[Y][1])}if(P.tokenStack.length>0){let pe=P.tokenStack[P.tokenStack.length-1];(pe[1]||Yr).call(P,void 0,pe[0])}for(E.position={start:Ye(w.length>0?w[0][1].start:{line:1,column:1,offset:0}),end:Ye(w.length>0?w[w.length-2][1].end:{line:1,column:1,offset:0})},Y=-1;++Y<e.transforms.length;)E=e.transforms[Y](E)||E;return E}function r(w,E,P){let _=-1;for(;++_<w.length;)w[_].call(E,P)}function o(w,E){let P=w.length-1,_=E-1,he=-1,Y=!1,pe,Me,vt,Et,St=[];for(;++_<=P;){let ge=w[_];switch(ge[1].type){case"listUnordered":case"listOrdered":case"blockQuote":{ge[0]==="enter"?he++:he--,Et=void 0;break}case"lineEndingBlank":{ge[0]==="enter"&&(pe&&!Et&&!he&&!vt&&(vt=_),Et=void 0);break}case"linePrefix":case"listItemValue":case"listItemMarker":case"listItemPrefix":case"listItemPrefixWhitespace":break;default:Et=void 0}if(!he&&ge[0]==="enter"&&ge[1].type==="listItemPrefix"||he===-1&&ge[0]==="exit"&&(ge[1].type==="listUnordered"||ge[1].type==="listOrdered")){if(pe){let lt=_;for(Me=void 0;lt--;){let Oe=w[lt];if(Oe[1].type==="lineEnding"||Oe[1].type==="lineEndingBlank"){if(Oe[0]==="exit")continue;Me&&(w[Me][1].type="lineEndingBlank",Y=!0),Oe[1].type="lineEnding",Me=lt}else if(!(Oe[1].type==="linePrefix"||Oe[1].type==="blockQuotePrefix"||Oe[1].type==="blockQuotePrefixWhitespace"||Oe[1].type==="blockQuoteMarker"||Oe[1].type==="listItemIndent"))break}vt&&(!Me||vt<Me)&&(pe._spread=!0),pe.end=Object.assign({},Me?w[Me][1].start:ge[1].end),St.push({at:Me||_,event:["exit",pe,ge[2]]})}if(ge[1].type==="listItemPrefix"){let lt={type:"listItem",_spread:!1,start:Object.assign({},ge[1].start),end:void 0};pe=lt,St.push({at:_,event:["enter",lt,ge[2]]}),vt=void 0,Et=!0}}}let Ui=w.splice(E),Gn=0;for(_=-1;++_<Ui.length;){for(;Gn<St.length&&St[Gn].at===E+_;)w.push(St[Gn++].event);w.push(Ui[_])}w[E][1]._spread=Y}function a(w,E){return P;function P(_){d.call(this,w(_),_),E&&E.call(this,_)}}function s(){this.stack.push({type:"fragment",children:[]})}function d(w,E,P){this.stack[this.stack.length-1].children.push(w),this.stack.push(w),this.tokenStack.push([E,P||void 0]),w.position={start:Ye(E.start),end:void 0}}function m(w){return E;function E(P){w&&w.call(this,P),u.call(this,P)}}function u(w,E){let P=this.stack.pop(),_=this.tokenStack.pop();if(!_)throw new Error("Cannot close `"+w.type+"` ("+pt({start:w.start,end:w.end})+"): it’s not open");_[0].type!==w.type&&(E?E.call(this,w,_[0]):(_[1]||Yr).call(this,w,_[0])),P.position.end=Ye(w.end)}function p(){return ti(this.stack.pop())}function f(){this.data.expectingFirstListItemValue=!0}function h(w){if(this.data.expectingFirstListItemValue){let E=this.stack[this.stack.length-2];E.start=Number.parseInt(this.sliceSerialize(w),10),this.data.expectingFirstListItemValue=void 0}}function v(){let w=this.resume(),E=this.stack[this.stack.length-1];E.lang=w}function M(){let w=this.resume(),E=this.stack[this.stack.length-1];E.meta=w}function T(){this.data.flowCodeInside||(this.buffer(),this.data.flowCodeInside=!0)}function k(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w.replace(/^(\r?\n|\r)|(\r?\n|\r)$/g,""),this.data.flowCodeInside=void 0}function L(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w.replace(/(\r?\n|\r)$/g,"")}function S(w){let E=this.resume(),P=this.stack[this.stack.length-1];P.label=E,P.identifier=_e(this.sliceSerialize(w)).toLowerCase()}function R(){let w=this.resume(),E=this.stack[this.stack.length-1];E.title=w}function j(){let w=this.resume(),E=this.stack[this.stack.length-1];E.url=w}function x(w){let E=this.stack[this.stack.length-1];if(!E.depth){let P=this.sliceSerialize(w).length;E.depth=P}}function z(){this.data.setextHeadingSlurpLineEnding=!0}function W(w){let E=this.stack[this.stack.length-1];E.depth=this.sliceSerialize(w).codePointAt(0)===61?1:2}function X(){this.data.setextHeadingSlurpLineEnding=void 0}function y(w){let P=this.stack[this.stack.length-1].children,_=P[P.length-1];(!_||_.type!=="text")&&(_=wa(),_.position={start:Ye(w.start),end:void 0},P.push(_)),this.stack.push(_)}function $(w){let E=this.stack.pop();E.value+=this.sliceSerialize(w),E.position.end=Ye(w.end)}function G(w){let E=this.stack[this.stack.length-1];if(this.data.atHardBreak){let P=E.children[E.children.length-1];P.position.end=Ye(w.end),this.data.atHardBreak=void 0;return}!this.data.setextHeadingSlurpLineEnding&&e.canContainEols.includes(E.type)&&(y.call(this,w),$.call(this,w))}function A(){this.data.atHardBreak=!0}function H(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w}function q(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w}function ee(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w}function ne(){let w=this.stack[this.stack.length-1];if(this.data.inReference){let E=this.data.referenceType||"shortcut";w.type+="Reference",w.referenceType=E,delete w.url,delete w.title}else delete w.identifier,delete w.label;this.data.referenceType=void 0}function xe(){let w=this.stack[this.stack.length-1];if(this.data.inReference){let E=this.data.referenceType||"shortcut";w.type+="Reference",w.referenceType=E,delete w.url,delete w.title}else delete w.identifier,delete w.label;this.data.referenceType=void 0}function Ce(w){let E=this.sliceSerialize(w),P=this.stack[this.stack.length-2];P.label=Wr(E),P.identifier=_e(E).toLowerCase()}function g(){let w=this.stack[this.stack.length-1],E=this.resume(),P=this.stack[this.stack.length-1];if(this.data.inReference=!0,P.type==="link"){let _=w.children;P.children=_}else P.alt=E}function ye(){let w=this.resume(),E=this.stack[this.stack.length-1];E.url=w}function De(){let w=this.resume(),E=this.stack[this.stack.length-1];E.title=w}function b(){this.data.inReference=void 0}function fe(){this.data.referenceType="collapsed"}function at(w){let E=this.resume(),P=this.stack[this.stack.length-1];P.label=E,P.identifier=_e(this.sliceSerialize(w)).toLowerCase(),this.data.referenceType="full"}function $t(w){this.data.characterReferenceType=w.type}function Wt(w){let E=this.sliceSerialize(w),P=this.data.characterReferenceType,_;P?(_=an(E,P==="characterReferenceMarkerNumeric"?10:16),this.data.characterReferenceType=void 0):_=mt(E);let he=this.stack[this.stack.length-1];he.value+=_}function se(w){let E=this.stack.pop();E.position.end=Ye(w.end)}function xt(w){$.call(this,w);let E=this.stack[this.stack.length-1];E.url=this.sliceSerialize(w)}function Pe(w){$.call(this,w);let E=this.stack[this.stack.length-1];E.url="mailto:"+this.sliceSerialize(w)}function st(){return{type:"blockquote",children:[],position:void 0}}function Ze(){return{type:"code",lang:null,meta:null,value:"",position:void 0}}function Wn(){return{type:"inlineCode",value:"",position:void 0}}function ha(){return{type:"definition",identifier:"",label:null,title:null,url:"",position:void 0}}function pa(){return{type:"emphasis",children:[],position:void 0}}function ji(){return{type:"heading",depth:0,children:[],position:void 0}}function qi(){return{type:"break",position:void 0}}function Fi(){return{type:"html",value:"",position:void 0}}function fa(){return{type:"image",title:null,url:"",alt:null,position:void 0}}function Hi(){return{type:"link",title:null,url:"",children:[],position:void 0}}function Bi(w){return{type:"list",ordered:w.type==="listOrdered",start:null,spread:w._spread,children:[],position:void 0}}function ga(w){return{type:"listItem",spread:w._spread,checked:null,children:[],position:void 0}}function ba(){return{type:"paragraph",children:[],position:void 0}}function ya(){return{type:"strong",children:[],position:void 0}}function wa(){return{type:"text",value:"",position:void 0}}function ka(){return{type:"thematicBreak",position:void 0}}}function Ye(t){return{line:t.line,column:t.column,offset:t.offset}}function Qr(t,e){let n=-1;for(;++n<e.length;){let i=e[n];Array.isArray(i)?Qr(t,i):xl(t,i)}}function xl(t,e){let n;for(n in e)if(Kr.call(e,n))switch(n){case"canContainEols":{let i=e[n];i&&t[n].push(...i);break}case"transforms":{let i=e[n];i&&t[n].push(...i);break}case"afterExit":case"beforeEnter":{let i=e[n];i&&t[n].push(i);break}case"enter":case"exit":{let i=e[n];i&&Object.assign(t[n],i);break}}}function Yr(t,e){throw t?new Error("Cannot close `"+t.type+"` ("+pt({start:t.start,end:t.end})+"): a different token (`"+e.type+"`, "+pt({start:e.start,end:e.end})+") is open"):new Error("Cannot close document, a token (`"+e.type+"`, "+pt({start:e.start,end:e.end})+") is still open")}function ki(t,e){let n=String(t);if(typeof e!="string")throw new TypeError("Expected character");let i=0,r=n.indexOf(e);for(;r!==-1;)i++,r=n.indexOf(e,r+e.length);return i}function xi(t){if(typeof t!="string")throw new TypeError("Expected a string");return t.replace(/[|\\{}()[\]^$+*?.]/g,"\\$&").replace(/-/g,"\\x2d")}var ft=(function(t){if(t==null)return Tl;if(typeof t=="function")return bn(t);if(typeof t=="object")return Array.isArray(t)?vl(t):El(t);if(typeof t=="string")return Sl(t);throw new Error("Expected function, string, or object as test")});function vl(t){let e=[],n=-1;for(;++n<t.length;)e[n]=ft(t[n]);return bn(i);function i(...r){let o=-1;for(;++o<e.length;)if(e[o].apply(this,r))return!0;return!1}}function El(t){let e=t;return bn(n);function n(i){let r=i,o;for(o in t)if(r[o]!==e[o])return!1;return!0}}function Sl(t){return bn(e);function e(n){return n&&n.type===t}}function bn(t){return e;function e(n,i,r){return!!(Cl(n)&&t.call(this,n,typeof i=="number"?i:void 0,r||void 0))}}function Tl(){return!0}function Cl(t){return t!==null&&typeof t=="object"&&"type"in t}var Jr=[],Xr=!0,yn=!1,jt="skip";function vi(t,e,n,i){if(!t||typeof t!="object")throw new Error("Unexpected value `"+t+"` for `tree`, expected node");let r=!0,o,a,s,d;if(typeof n=="function"||n&&typeof n=="object"?(o=e,a=n,i&&(r=!1)):(a=e,n&&(r=!1)),typeof a=="function")s=a;else if(a&&typeof a=="object"){if(!(a.enter===null||a.enter===void 0))if(typeof a.enter=="function")s=a.enter;else throw new Error("Unexpected value `"+a.enter+"` for `visitors.enter`, expected optional visitor");if(typeof a.exit=="function")d=a.exit;else throw new Error("Unexpected value `"+a.exit+"` for `visitors.exit`, expected visitor (pass a visitor directly if you only want an enter visitor)")}else throw new Error("Unexpected value `"+a+"` for `enter` or `visitors`, expected visitor or object with visitors");let m=ft(o),u=r?1:-1;p(t,void 0,[])();function p(f,h,v){let M=f&&typeof f=="object"?f:{};if(typeof M.type=="string"){let k=typeof M.tagName=="string"?M.tagName:typeof M.name=="string"?M.name:void 0;Object.defineProperty(T,"name",{value:"node ("+(f.type+(k?"<"+k+">":""))+")"})}return T;function T(){let k=!o||m(f,h,v[v.length-1]||void 0),L=Jr;if(s&&k&&(L=Zr(s(f,v,h)),L[0]===yn))return L;if("children"in f&&f.children){let S=f;if(S.children&&L[0]!==jt){let R=(r?-1:S.children.length)+u,j=[...v,S];for(;R>-1&&R<S.children.length;){let x=S.children[R],z=p(x,R,j)();if(z[0]===yn)return z;R=typeof z[1]=="number"?z[1]:R+u}}}if(d&&k){let S=Zr(d(f,v,h));if(S[0]===jt)throw new Error("Unexpected value `"+S[0]+"` from `exit`, expected `CONTINUE`, `EXIT`, index, or nothing");if(S[0]===yn||typeof S[1]=="number")return S}return L}}}function Zr(t){return Array.isArray(t)?t:typeof t=="number"?[Xr,t]:t==null?Jr:[t]}function Ei(t,e,n){let r=ft((n||{}).ignore||[]),o=Ml(e),a=-1;for(;++a<o.length;)vi(t,s);function s(m,u,p){if(m.type==="text"&&typeof p=="number")return d(m,u,p);if(r(m,p,u[u.length-1]))return jt}function d(m,u,p){let f=u[u.length-1],h=o[a][0],v=o[a][1],M=0,T=!1,k=[];h.lastIndex=0;let L=h.exec(m.value);for(;L;){let R=L.index,j={index:L.index,input:L.input,stack:[...u,m]},x=v(...L,j);if(typeof x=="string"&&(x=x.length>0?{type:"text",value:x}:void 0),x===!1)h.lastIndex=R+1;else{if(M!==R&&S({type:"text",value:m.value.slice(M,R)}),Array.isArray(x))for(let z of x)S(z);else x&&S(x);M=R+L[0].length,T=!0}if(!h.global)break;L=h.exec(m.value)}return T?(M<m.value.length&&S({type:"text",value:m.value.slice(M)}),f.children.splice(p,1,...k)):k=[m],p+k.length;function S(R){let j=k[k.length-1];j&&j.type==="text"&&R.type==="text"?j.value+=R.value:k.push(R)}}}function Ml(t){if(!Array.isArray(t))throw new TypeError("Expected find and replace tuple or list of tuples");let e=[],n=!t[0]||Array.isArray(t[0])?t:[t],i=-1;for(;++i<n.length;){let r=n[i];e.push([Al(r[0]),Il(r[1])])}return e}function Al(t){return typeof t=="string"?new RegExp(xi(t),"g"):t}function Il(t){return typeof t=="function"?t:function(){return t}}function Ti(){return{transforms:[Ol],enter:{literalAutolink:Ll,literalAutolinkEmail:Si,literalAutolinkHttp:Si,literalAutolinkWww:Si},exit:{literalAutolink:Pl,literalAutolinkEmail:Dl,literalAutolinkHttp:Rl,literalAutolinkWww:Nl}}}function Ll(t){this.enter({type:"link",title:null,url:"",children:[],position:void 0},t)}function Si(t){this.config.enter.autolinkProtocol.call(this,t)}function Rl(t){this.config.exit.autolinkProtocol.call(this,t)}function Nl(t){this.config.exit.data.call(this,t);let e=this.stack[this.stack.length-1];e.type,e.url="http://"+this.sliceSerialize(t)}function Dl(t){this.config.exit.autolinkEmail.call(this,t)}function Pl(t){this.exit(t)}function Ol(t){Ei(t,[[/(?<![\da-z])(https?:\/\/|www(?=\.))([\w-]*\.[\w\-.]*)([^\t\n\r ]*)/gi,zl],[/(?<![\w+\-.@])xmpp:([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)(\/(?:[\w\-/]|\.(?=[\dA-Za-z]))*)?/g,ql],[/(?<![\w+\-.@])mailto:([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)/g,jl],[/(?<![\w+\-.]|(?:^|[^\d@A-Za-z])(?:mailto|xmpp):)([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)/g,_l]],{ignore:["link","linkReference"]})}function zl(t,e,n,i,r){if(!Bl(r))return!1;let o="";if(/^w/i.test(e)&&(n=e+n,e="",o="http://"),$e(n.charCodeAt(0))||!Fl(n))return!1;let a=Hl(n+i),s={type:"link",title:null,url:o+e+a[0],children:[{type:"text",value:e+a[0],position:void 0}],position:void 0};return a[1]?[s,{type:"text",value:a[1],position:void 0}]:s}function _l(t,e,n){return/[\d\-_]$/.test(n)?!1:{type:"link",title:null,url:"mailto:"+e+"@"+n,children:[{type:"text",value:e+"@"+n,position:void 0}],position:void 0}}function jl(t,e,n){if(/[\d\-_]$/.test(n))return!1;let i="mailto:"+e+"@"+n;return{type:"link",title:null,url:i,children:[{type:"text",value:i,position:void 0}],position:void 0}}function ql(t,e,n,i,r){if(/[\d\-_]$/.test(n)||i&&(!/[A-Za-z]$/.test(i)||r.input.charAt(r.index+t.length)==="@"))return!1;let o="xmpp:"+e+"@"+n+(i||"");return{type:"link",title:null,url:o,children:[{type:"text",value:o,position:void 0}],position:void 0}}function Fl(t){let e=t.split(".");return!(e.length<2||e[e.length-1]&&(/_/.test(e[e.length-1])||!/[\dA-Za-z]/.test(e[e.length-1]))||e[e.length-2]&&(/_/.test(e[e.length-2])||!/[\dA-Za-z]/.test(e[e.length-2])))}function Hl(t){let e=t.length;for(;e>0;){let a=t.charCodeAt(e-1);if(a===33||a===34||a===38||a===39||a===41||a===44||a===46||a===58||a===59||a===60||a===62||a===63||a===93||a===125)e--;else break}if(e===t.length)return[t,void 0];let n=t.slice(e);t=t.slice(0,e);let i=n.indexOf(")"),r=ki(t,"("),o=ki(t,")");for(;i!==-1&&r>o;)t+=n.slice(0,i+1),n=n.slice(i+1),i=n.indexOf(")"),o++;return[t,n]}function Bl(t){let e=t.input.charCodeAt(t.index-1);return t.index===0||Le(e)||$e(e)}eo.attention=Wl;eo.peek=Gl;function Ci(){return{canContainEols:["delete"],enter:{strikethrough:Ul},exit:{strikethrough:$l}}}function Ul(t){this.enter({type:"delete",children:[],position:void 0},t)}function $l(t){this.exit(t)}function eo(t,e,n,i){let r=n.createTracker(i),o=n.stack.includes("strikethrough")?"~":"~~",a=n.enter("strikethrough"),s=r.move(o);return s+=n.containerPhrasing(t,{...r.current(),before:s,after:"~"}),s+=r.move(o),a(),s}function Wl(){return{construct:"strikethrough",markers:["~"],sizes:[2,1]}}function Gl(){return"~"}function Ai(){return{enter:{table:Vl,tableData:to,tableHeader:to,tableRow:Kl},exit:{codeText:Ql,table:Yl,tableData:Mi,tableHeader:Mi,tableRow:Mi}}}function Vl(t){let e=t._align;this.enter({type:"table",align:e.map(function(n){return n==="none"?null:n}),children:[],position:void 0},t),this.data.inTable=!0}function Yl(t){this.exit(t),this.data.inTable=void 0}function Kl(t){this.enter({type:"tableRow",children:[],position:void 0},t)}function Mi(t){this.exit(t)}function to(t){this.enter({type:"tableCell",children:[],position:void 0},t)}function Ql(t){let e=this.resume();this.data.inTable&&(e=e.replace(/\\([\\|])/g,Zl));let n=this.stack[this.stack.length-1];n.type,n.value=e,this.exit(t)}function Zl(t,e){return e==="|"?e:t}var Jl={tokenize:ic,partial:!0},no={tokenize:rc,partial:!0},io={tokenize:oc,partial:!0},ro={tokenize:ac,partial:!0},Xl={tokenize:sc,partial:!0},oo={name:"wwwAutolink",tokenize:tc,previous:so},ao={name:"protocolAutolink",tokenize:nc,previous:lo},qe={name:"emailAutolink",tokenize:ec,previous:co},Re={};function Li(){return{text:Re}}var rt=48;for(;rt<123;)Re[rt]=qe,rt++,rt===58?rt=65:rt===91&&(rt=97);Re[43]=qe;Re[45]=qe;Re[46]=qe;Re[95]=qe;Re[72]=[qe,ao];Re[104]=[qe,ao];Re[87]=[qe,oo];Re[119]=[qe,oo];function ec(t,e,n){let i=this,r,o;return a;function a(p){return!Ii(p)||!co.call(i,i.previous)||Ri(i.events)?n(p):(t.enter("literalAutolink"),t.enter("literalAutolinkEmail"),s(p))}function s(p){return Ii(p)?(t.consume(p),s):p===64?(t.consume(p),d):n(p)}function d(p){return p===46?t.check(Xl,u,m)(p):p===45||p===95||re(p)?(o=!0,t.consume(p),d):u(p)}function m(p){return t.consume(p),r=!0,d}function u(p){return o&&r&&ie(i.previous)?(t.exit("literalAutolinkEmail"),t.exit("literalAutolink"),e(p)):n(p)}}function tc(t,e,n){let i=this;return r;function r(a){return a!==87&&a!==119||!so.call(i,i.previous)||Ri(i.events)?n(a):(t.enter("literalAutolink"),t.enter("literalAutolinkWww"),t.check(Jl,t.attempt(no,t.attempt(io,o),n),n)(a))}function o(a){return t.exit("literalAutolinkWww"),t.exit("literalAutolink"),e(a)}}function nc(t,e,n){let i=this,r="",o=!1;return a;function a(p){return(p===72||p===104)&&lo.call(i,i.previous)&&!Ri(i.events)?(t.enter("literalAutolink"),t.enter("literalAutolinkHttp"),r+=String.fromCodePoint(p),t.consume(p),s):n(p)}function s(p){if(ie(p)&&r.length<5)return r+=String.fromCodePoint(p),t.consume(p),s;if(p===58){let f=r.toLowerCase();if(f==="http"||f==="https")return t.consume(p),d}return n(p)}function d(p){return p===47?(t.consume(p),o?m:(o=!0,d)):n(p)}function m(p){return p===null||et(p)||U(p)||Le(p)||$e(p)?n(p):t.attempt(no,t.attempt(io,u),n)(p)}function u(p){return t.exit("literalAutolinkHttp"),t.exit("literalAutolink"),e(p)}}function ic(t,e,n){let i=0;return r;function r(a){return(a===87||a===119)&&i<3?(i++,t.consume(a),r):a===46&&i===3?(t.consume(a),o):n(a)}function o(a){return a===null?n(a):e(a)}}function rc(t,e,n){let i,r,o;return a;function a(m){return m===46||m===95?t.check(ro,d,s)(m):m===null||U(m)||Le(m)||m!==45&&$e(m)?d(m):(o=!0,t.consume(m),a)}function s(m){return m===95?i=!0:(r=i,i=void 0),t.consume(m),a}function d(m){return r||i||!o?n(m):e(m)}}function oc(t,e){let n=0,i=0;return r;function r(a){return a===40?(n++,t.consume(a),r):a===41&&i<n?o(a):a===33||a===34||a===38||a===39||a===41||a===42||a===44||a===46||a===58||a===59||a===60||a===63||a===93||a===95||a===126?t.check(ro,e,o)(a):a===null||U(a)||Le(a)?e(a):(t.consume(a),r)}function o(a){return a===41&&i++,t.consume(a),r}}function ac(t,e,n){return i;function i(s){return s===33||s===34||s===39||s===41||s===42||s===44||s===46||s===58||s===59||s===63||s===95||s===126?(t.consume(s),i):s===38?(t.consume(s),o):s===93?(t.consume(s),r):s===60||s===null||U(s)||Le(s)?e(s):n(s)}function r(s){return s===null||s===40||s===91||U(s)||Le(s)?e(s):i(s)}function o(s){return ie(s)?a(s):n(s)}function a(s){return s===59?(t.consume(s),i):ie(s)?(t.consume(s),a):n(s)}}function sc(t,e,n){return i;function i(o){return t.consume(o),r}function r(o){return re(o)?n(o):e(o)}}function so(t){return t===null||t===40||t===42||t===95||t===91||t===93||t===126||U(t)}function lo(t){return!ie(t)}function co(t){return!(t===47||Ii(t))}function Ii(t){return t===43||t===45||t===46||t===95||re(t)}function Ri(t){let e=t.length,n=!1;for(;e--;){let i=t[e][1];if((i.type==="labelLink"||i.type==="labelImage")&&!i._balanced){n=!0;break}if(i._gfmAutolinkLiteralWalkedInto){n=!1;break}}return t.length>0&&!n&&(t[t.length-1][1]._gfmAutolinkLiteralWalkedInto=!0),n}function Ni(t){let n=(t||{}).singleTilde,i={name:"strikethrough",tokenize:o,resolveAll:r};return n==null&&(n=!0),{text:{126:i},insideSpan:{null:[i]},attentionMarkers:{null:[126]}};function r(a,s){let d=-1;for(;++d<a.length;)if(a[d][0]==="enter"&&a[d][1].type==="strikethroughSequenceTemporary"&&a[d][1]._close){let m=d;for(;m--;)if(a[m][0]==="exit"&&a[m][1].type==="strikethroughSequenceTemporary"&&a[m][1]._open&&a[d][1].end.offset-a[d][1].start.offset===a[m][1].end.offset-a[m][1].start.offset){a[d][1].type="strikethroughSequence",a[m][1].type="strikethroughSequence";let u={type:"strikethrough",start:Object.assign({},a[m][1].start),end:Object.assign({},a[d][1].end)},p={type:"strikethroughText",start:Object.assign({},a[m][1].end),end:Object.assign({},a[d][1].start)},f=[["enter",u,s],["enter",a[m][1],s],["exit",a[m][1],s],["enter",p,s]],h=s.parser.constructs.insideSpan.null;h&&oe(f,f.length,0,Ge(h,a.slice(m+1,d),s)),oe(f,f.length,0,[["exit",p,s],["enter",a[d][1],s],["exit",a[d][1],s],["exit",u,s]]),oe(a,m-1,d-m+3,f),d=m+f.length-2;break}}for(d=-1;++d<a.length;)a[d][1].type==="strikethroughSequenceTemporary"&&(a[d][1].type="data");return a}function o(a,s,d){let m=this.previous,u=this.events,p=0;return f;function f(v){return m===126&&u[u.length-1][1].type!=="characterEscape"?d(v):(a.enter("strikethroughSequenceTemporary"),h(v))}function h(v){let M=ht(m);if(v===126)return p>1?d(v):(a.consume(v),p++,h);if(p<2&&!n)return d(v);let T=a.exit("strikethroughSequenceTemporary"),k=ht(v);return T._open=!k||k===2&&!!M,T._close=!M||M===2&&!!k,s(v)}}}var wn=class{constructor(){this.map=[],this.index=new Map}add(e,n,i){lc(this,e,n,i)}consume(e){if(this.map.sort(function(o,a){return o[0]-a[0]}),this.map.length===0)return;let n=this.map.length,i=[];for(;n>0;)n-=1,i.push(e.slice(this.map[n][0]+this.map[n][1]),this.map[n][2]),e.length=this.map[n][0];i.push(e.slice()),e.length=0;let r=i.pop();for(;r;){for(let o of r)e.push(o);r=i.pop()}this.map.length=0,this.index.clear()}};function lc(t,e,n,i){if(n===0&&i.length===0)return;let r=t.index.get(e);if(r){r[1]+=n,r[2].push(...i);return}let o=[e,n,i];t.map.push(o),t.index.set(e,o)}function uo(t,e){let n=!1,i=[];for(;e<t.length;){let r=t[e];if(n){if(r[0]==="enter")r[1].type==="tableContent"&&i.push(t[e+1][1].type==="tableDelimiterMarker"?"left":"none");else if(r[1].type==="tableContent"){if(t[e-1][1].type==="tableDelimiterMarker"){let o=i.length-1;i[o]=i[o]==="left"?"center":"right"}}else if(r[1].type==="tableDelimiterRow")break}else r[0]==="enter"&&r[1].type==="tableDelimiterRow"&&(n=!0);e+=1}return i}function Di(){return{flow:{null:{name:"table",tokenize:cc,resolveAll:uc}}}}function cc(t,e,n){let i=this,r=0,o=0,a;return s;function s(y){let $=i.events.length-1;for(;$>-1;){let{type:H}=i.events[$][1];if(H==="lineEnding"||H==="linePrefix")$--;else break}let G=$>-1?i.events[$][1].type:null,A=G==="tableHead"||G==="tableRow"?x:d;return A===x&&i.parser.lazy[i.now().line]?n(y):A(y)}function d(y){return t.enter("tableHead"),t.enter("tableRow"),m(y)}function m(y){return y===124||(a=!0,o+=1),u(y)}function u(y){return y===null?n(y):C(y)?o>1?(o=0,i.interrupt=!0,t.exit("tableRow"),t.enter("lineEnding"),t.consume(y),t.exit("lineEnding"),h):n(y):I(y)?N(t,u,"whitespace")(y):(o+=1,a&&(a=!1,r+=1),y===124?(t.enter("tableCellDivider"),t.consume(y),t.exit("tableCellDivider"),a=!0,u):(t.enter("data"),p(y)))}function p(y){return y===null||y===124||U(y)?(t.exit("data"),u(y)):(t.consume(y),y===92?f:p)}function f(y){return y===92||y===124?(t.consume(y),p):p(y)}function h(y){return i.interrupt=!1,i.parser.lazy[i.now().line]?n(y):(t.enter("tableDelimiterRow"),a=!1,I(y)?N(t,v,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(y):v(y))}function v(y){return y===45||y===58?T(y):y===124?(a=!0,t.enter("tableCellDivider"),t.consume(y),t.exit("tableCellDivider"),M):j(y)}function M(y){return I(y)?N(t,T,"whitespace")(y):T(y)}function T(y){return y===58?(o+=1,a=!0,t.enter("tableDelimiterMarker"),t.consume(y),t.exit("tableDelimiterMarker"),k):y===45?(o+=1,k(y)):y===null||C(y)?R(y):j(y)}function k(y){return y===45?(t.enter("tableDelimiterFiller"),L(y)):j(y)}function L(y){return y===45?(t.consume(y),L):y===58?(a=!0,t.exit("tableDelimiterFiller"),t.enter("tableDelimiterMarker"),t.consume(y),t.exit("tableDelimiterMarker"),S):(t.exit("tableDelimiterFiller"),S(y))}function S(y){return I(y)?N(t,R,"whitespace")(y):R(y)}function R(y){return y===124?v(y):y===null||C(y)?!a||r!==o?j(y):(t.exit("tableDelimiterRow"),t.exit("tableHead"),e(y)):j(y)}function j(y){return n(y)}function x(y){return t.enter("tableRow"),z(y)}function z(y){return y===124?(t.enter("tableCellDivider"),t.consume(y),t.exit("tableCellDivider"),z):y===null||C(y)?(t.exit("tableRow"),e(y)):I(y)?N(t,z,"whitespace")(y):(t.enter("data"),W(y))}function W(y){return y===null||y===124||U(y)?(t.exit("data"),z(y)):(t.consume(y),y===92?X:W)}function X(y){return y===92||y===124?(t.consume(y),W):W(y)}}function uc(t,e){let n=-1,i=!0,r=0,o=[0,0,0,0],a=[0,0,0,0],s=!1,d=0,m,u,p,f=new wn;for(;++n<t.length;){let h=t[n],v=h[1];h[0]==="enter"?v.type==="tableHead"?(s=!1,d!==0&&(mo(f,e,d,m,u),u=void 0,d=0),m={type:"table",start:Object.assign({},v.start),end:Object.assign({},v.end)},f.add(n,0,[["enter",m,e]])):v.type==="tableRow"||v.type==="tableDelimiterRow"?(i=!0,p=void 0,o=[0,0,0,0],a=[0,n+1,0,0],s&&(s=!1,u={type:"tableBody",start:Object.assign({},v.start),end:Object.assign({},v.end)},f.add(n,0,[["enter",u,e]])),r=v.type==="tableDelimiterRow"?2:u?3:1):r&&(v.type==="data"||v.type==="tableDelimiterMarker"||v.type==="tableDelimiterFiller")?(i=!1,a[2]===0&&(o[1]!==0&&(a[0]=a[1],p=kn(f,e,o,r,void 0,p),o=[0,0,0,0]),a[2]=n)):v.type==="tableCellDivider"&&(i?i=!1:(o[1]!==0&&(a[0]=a[1],p=kn(f,e,o,r,void 0,p)),o=a,a=[o[1],n,0,0])):v.type==="tableHead"?(s=!0,d=n):v.type==="tableRow"||v.type==="tableDelimiterRow"?(d=n,o[1]!==0?(a[0]=a[1],p=kn(f,e,o,r,n,p)):a[1]!==0&&(p=kn(f,e,a,r,n,p)),r=0):r&&(v.type==="data"||v.type==="tableDelimiterMarker"||v.type==="tableDelimiterFiller")&&(a[3]=n)}for(d!==0&&mo(f,e,d,m,u),f.consume(e.events),n=-1;++n<e.events.length;){let h=e.events[n];h[0]==="enter"&&h[1].type==="table"&&(h[1]._align=uo(e.events,n))}return t}function kn(t,e,n,i,r,o){let a=i===1?"tableHeader":i===2?"tableDelimiter":"tableData",s="tableContent";n[0]!==0&&(o.end=Object.assign({},gt(e.events,n[0])),t.add(n[0],0,[["exit",o,e]]));let d=gt(e.events,n[1]);if(o={type:a,start:Object.assign({},d),end:Object.assign({},d)},t.add(n[1],0,[["enter",o,e]]),n[2]!==0){let m=gt(e.events,n[2]),u=gt(e.events,n[3]),p={type:s,start:Object.assign({},m),end:Object.assign({},u)};if(t.add(n[2],0,[["enter",p,e]]),i!==2){let f=e.events[n[2]],h=e.events[n[3]];if(f[1].end=Object.assign({},h[1].end),f[1].type="chunkText",f[1].contentType="text",n[3]>n[2]+1){let v=n[2]+1,M=n[3]-n[2]-1;t.add(v,M,[])}}t.add(n[3]+1,0,[["exit",p,e]])}return r!==void 0&&(o.end=Object.assign({},gt(e.events,r)),t.add(r,0,[["exit",o,e]]),o=void 0),o}function mo(t,e,n,i,r){let o=[],a=gt(e.events,n);r&&(r.end=Object.assign({},a),o.push(["exit",r,e])),i.end=Object.assign({},a),o.push(["exit",i,e]),t.add(n+1,0,o)}function gt(t,e){let n=t[e],i=n[0]==="enter"?"start":"end";return n[1][i]}var dc=["htmlFlow","htmlText","characterReference","codeIndented","setextUnderline","definition","labelStartImage"],mc={extensions:[Li(),Ni({singleTilde:!1}),Di(),{disable:{null:dc}}],mdastExtensions:[Ti(),Ci(),Ai()]},bt=t=>wi(t,mc),ho=t=>t.position?.end.offset??0,Pi=t=>t.position?.start.offset??0;var fo=800,po=new WeakMap;function hc(t,e){return It(go(bt(t.slice(0,fo))),e)}function de(t,e){let n=po.get(t);return n===void 0&&(n=hc(t.content,fo),po.set(t,n)),It(n,e)}var pc=new Set(["paragraph","heading","code","listItem","tableRow","tableCell","break"]);function go(t){let e="children"in t?t.children.map(n=>go(n)).join(""):"value"in t?t.value:"";return pc.has(t.type)?`${e} `:e}var fc=300,xn=class{element=c("div.visually-hidden",{role:"status","aria-live":"polite"});#e;constructor(e){this.#e=e,e.client.on("message",n=>this.#t(n))}#t({chat:e,message:n,missed:i}){i||e.id!==this.#e.chat?.id||n.sender.id===this.#e.client.me.id||(this.element.textContent=l.says(D(n.sender.displayName),D(de(n,fc)||l.attachment)))}};var vn=class{element=c("div.banner",{role:"status","aria-live":"polite",hidden:!0});#e;#t=c("span",{});#n;constructor(e){this.#e=e}show(e){clearInterval(this.#n),this.element.dataset.phase=e.phase,this.element.hidden=e.phase==="online",e.phase==="connecting"?this.element.replaceChildren(l.connecting):e.phase==="waiting"?this.#i(e.retryAt):e.phase==="closed"&&this.#o(e.reason)}#i(e){let n=()=>this.#t.textContent=l.retryingIn(Math.max(0,Math.ceil((e-Date.now())/1e3)));this.#n=setInterval(n,1e3),n(),this.#t.setAttribute("aria-hidden","true"),this.element.replaceChildren(`${l.offline} `,this.#t,B(l.tryNow,this.#e))}#o(e){this.element.replaceChildren(`${l.connectionEnded} ${e?ce(e):""} `,B(l.reload,()=>location.reload()))}};var gc=10,bc=t=>t.split(/[\s_.-]+/).filter(Boolean).slice(0,2).map(e=>[...e][0].toUpperCase()).join("")||"?";function bo(t){let e=7;for(let n of t)e=(e*31+n.codePointAt(0))%9973;return e%gc}function ke(t,e){let n=e&&c(`span.dot.${e}`,{role:"img","aria-label":l.status[e]});return c(`span.avatar.hue-${bo(t.id)}`,{},c("bdi",{"aria-hidden":"true"},bc(t.displayName)),n)}function yt(t){let{kind:e,peer:n}=t.object;return e==="direct"?ke(n??{id:t.id,displayName:t.name},n?.status):c(`span.avatar.square.hue-${bo(t.id)}`,{},K(e==="channel"?"hash":"people"))}function yo(t){let{limits:e}=t;return e?.contentChars??4096}var te=t=>t.object.kind==="channel"?`#${t.name}`:t.name;var yc=6e3;function J(t,...e){let n=c("h2",{dir:"auto"},Q(t)),i=Z("close",l.close,()=>r.close()),r=c("dialog",{onclose:()=>r.remove(),"aria-label":t},c("header",{},n,i),...e);return r.addEventListener("mousedown",o=>o.target===r&&wc(r,o)&&r.close()),document.body.append(r),r.showModal(),r}function wc(t,{clientX:e,clientY:n}){let{left:i,right:r,top:o,bottom:a}=t.getBoundingClientRect();return e<i||e>r||n<o||n>a}function Se({title:t,text:e,quote:n,action:i,danger:r=!0}){return new Promise(o=>{let a=m=>()=>{o(m),d.close()},s=B(l.cancel,a(!1)),d=J(t,c("p",{},Q(e)),n!==void 0&&c("blockquote",{dir:"auto"},F(n)),c("footer",{},s,B(i,a(!0),r?"danger":"primary")));d.addEventListener("close",()=>o(!1)),s.focus()})}function ae(t){let e=document.querySelector(".toasts")??c("div.toasts",{role:"status","aria-live":"polite"});([...document.querySelectorAll("dialog[open]")].at(-1)??document.body).append(e);let n=c("div.toast",{dir:"auto"},Q(t));e.append(n),setTimeout(()=>n.remove(),yc)}async function O(t){try{return await t}catch(e){ae(ce(e));return}}var wo=t=>t.normalize("NFKC").toLocaleLowerCase(),ko=({object:t})=>t.lastMessage?.createdAt??t.updatedAt;function Ke(t,e=""){let n=wo(e.trim().replace(/^#/,""));return t.client.chats.filter(i=>i.object.active||i.id===t.chat?.id).filter(i=>wo(i.name).includes(n)).sort((i,r)=>ko(r).localeCompare(ko(i))||i.id.localeCompare(r.id))}var kc=12;function xo(t){if(document.querySelector("dialog.switcher"))return;let e=[],n=0,i=c("ul.options",{id:"switcher",role:"listbox","aria-label":l.chats}),r=p=>{p&&(u.close(),t.open(p.id))},o=()=>{i.replaceChildren(...e.map((p,f)=>c("li",{role:"option",id:`switch-${f}`,"aria-selected":String(f===n),onclick:()=>r(p)},yt(p),c("span.lines",{},F(te(p)))))),e.length?m.setAttribute("aria-activedescendant",`switch-${n}`):m.removeAttribute("aria-activedescendant"),i.children[n]?.scrollIntoView({block:"nearest"}),d.hidden=e.length>0},a=()=>{e=Ke(t,m.value).slice(0,kc),n=0,o()},s=p=>{let f={ArrowDown:1,ArrowUp:-1}[p.key];if(p.key==="Enter"&&!p.isComposing)r(e[n]);else if(f&&e.length)n=(n+f+e.length)%e.length;else return;p.preventDefault(),o()},d=c("p.empty",{role:"status"},l.noChatOfThatName),m=c("input",{type:"text",role:"combobox","aria-expanded":"true","aria-controls":"switcher","aria-label":l.goToChat,placeholder:l.goToChat,autocomplete:"off",dir:"auto",oninput:a,onkeydown:s}),u=J(l.goToChat,m,d,i);u.classList.add("switcher"),a(),m.focus()}var Eo=864e5,So=new Intl.DateTimeFormat(Ee,{hour:"numeric",minute:"2-digit"}),xc=new Intl.DateTimeFormat(Ee,{weekday:"long",day:"numeric",month:"long"}),vc=new Intl.DateTimeFormat(Ee,{weekday:"long",day:"numeric",month:"long",year:"numeric"}),Ec=new Intl.DateTimeFormat(Ee,{day:"numeric",month:"short"}),Sc=new Intl.DateTimeFormat(Ee,{day:"numeric",month:"short",year:"numeric"}),Tc=new Intl.DateTimeFormat(Ee,{dateStyle:"medium",timeStyle:"short"}),Cc=new Intl.NumberFormat(Ee),Mc=new Intl.NumberFormat(Ee,{maximumFractionDigits:1}),Ac=new Intl.Collator(Ee,{sensitivity:"base",numeric:!0}),Ic=new Intl.ListFormat(Ee,{type:"conjunction"}),En=(t,e)=>t.toDateString()===e.toDateString(),Te=t=>Cc.format(t),To=t=>Ic.format(t),qt=t=>So.format(new Date(t)),Ne=t=>Tc.format(new Date(t)),Co=(t,e)=>Ac.compare(t,e);function Mo(t){let e=new Date(t),n=new Date;return En(e,n)?l.today:En(e,new Date(n.getTime()-Eo))?l.yesterday:(e.getFullYear()===n.getFullYear()?xc:vc).format(e)}function wt(t){let e=new Date(t),n=new Date;return En(e,n)?So.format(e):En(e,new Date(n.getTime()-Eo))?l.yesterday:(e.getFullYear()===n.getFullYear()?Ec:Sc).format(e)}var vo=["B","KB","MB","GB"];function Ao(t){let e=Math.min(vo.length-1,Math.floor(Math.log2(Math.max(t,1))/10));return`${Mc.format(t/1024**e)} ${vo[e]}`}function Sn(t,e){let n=new Set(e);for(let r of[...t.children])n.has(r)||r.remove();let i=t.firstElementChild;for(let r of e)r===i?i=i.nextElementSibling:t.insertBefore(r,i)}var Lc=660,Io=.18,Rc=.08,Cn=()=>"Notification"in window;async function Lo(){return Cn()&&await Notification.requestPermission()==="granted"}var Tn=class{#e;constructor(e){this.#e=e,e.client.on("message",n=>this.#t(n))}#t({chat:e,message:n,missed:i}){let r=this.#e.client.me.id;if(i||n.sender.id===r||e.object.muted&&!n.mentions.includes(r)||document.visibilityState==="visible"||(Be.sound()&&Nc(),!Be.enabled()||!Cn()||Notification.permission!=="granted"))return;let s=e.object.kind==="direct"?n.sender.displayName:l.notificationTitle(D(n.sender.displayName),D(te(e))),d=new Notification(s,{body:de(n,160)||l.attachment,tag:e.id,icon:"/assets/icon.svg"});d.onclick=()=>{window.focus(),this.#e.showMessage(n),d.close()}}};function Nc(){let t=new AudioContext,e=t.createOscillator(),n=t.createGain();e.frequency.value=Lc,n.gain.setValueAtTime(Rc,t.currentTime),n.gain.exponentialRampToValueAtTime(1e-4,t.currentTime+Io),e.connect(n).connect(t.destination),e.onended=()=>{t.close()},e.start(),e.stop(t.currentTime+Io)}var Dc=128;function Qe(t,e={},n){let i=V(t,{type:"password",required:!0,maxlength:Dc,dir:"ltr",...e},n),r=c("button.show",{type:"button","aria-pressed":"false","aria-label":l.showPassword(t)},l.show);r.addEventListener("click",()=>{let a=i.input.type==="password";i.input.type=a?"text":"password",r.setAttribute("aria-pressed",String(a)),r.textContent=a?l.hide:l.show});let o=c("span.with-button",{});return i.input.replaceWith(o),o.append(i.input,r),i}function Ft(t,...e){return c("details",{},c("summary",{},t),...e)}function Mn(t,e,n,...i){let r=Ft(t,e,...i);return r.addEventListener("toggle",()=>r.open&&void n()),r}function Ro(t){let{client:e}=t,n=async()=>{let a=await O(e.command({type:"EXPORT_MY_DATA"}));a&&location.assign(a.url)},i=Qe(l.currentPassword,{autocomplete:"current-password"}),r=async a=>{a.preventDefault(),!(!await Se({title:l.deleteAccount,text:l.deleteAccountText,action:l.deleteAccount})||!await O(e.command({type:"DELETE_ACCOUNT",password:i.input.value})))&&(ae(l.accountDeleted),await t.logOut(!1))},o=e.me.kind==="human";return Ft(l.account,c("p",{},B(l.downloadMyData,()=>{n()})),o&&c("form",{onsubmit:r},c("p.hint",{},l.deleteAccountText),i.element,c("button.danger",{type:"submit"},l.deleteAccount)))}function No(t){let e=Qe(l.currentPassword,{autocomplete:"current-password"}),n=Qe(l.newPassword,{minlength:8,autocomplete:"new-password"},l.passwordRules),i=async r=>{r.preventDefault();let o={oldPassword:e.input.value,newPassword:n.input.value};await O(t.client.command({type:"CHANGE_PASSWORD",...o}))&&(e.input.value=n.input.value="",ae(l.passwordChanged))};return Ft(l.changePassword,c("form",{onsubmit:i},e.element,n.element,c("button",{type:"submit"},l.changePassword)))}function Do(t){let{me:e}=t.client,n=V(l.displayName,{value:e.displayName,required:!0,maxlength:80}),i=V(l.username,{value:e.username,required:!0,minlength:3,maxlength:32,pattern:"[A-Za-z0-9_.\\-]{3,32}",title:l.usernameRules,dir:"ltr",spellcheck:"false"},l.usernameRules),r=V(l.emailOptional,{type:"email",value:e.email??"",dir:"ltr"});return c("form",{onsubmit:async a=>{a.preventDefault();let s={...n.input.value.trim()!==e.displayName?{displayName:n.input.value.trim()}:{},...i.input.value.trim()!==e.username?{username:i.input.value.trim()}:{},...r.input.value.trim()&&r.input.value.trim()!==e.email?{email:r.input.value.trim()}:{}};if(Object.keys(s).length===0)return ae(l.saved);await O(t.client.command({type:"UPDATE_USER",...s}))&&ae(l.saved)}},n.element,i.element,r.element,c("button",{type:"submit"},l.save))}function Po(t){let{client:e}=t,n=c("ul.results",{"aria-label":l.sessions}),i=async()=>{let r=await O(e.command({type:"GET_SESSIONS"}));n.replaceChildren(...(r?.sessions??[]).map(({id:o,deviceId:a,lastSeenAt:s,current:d})=>{let m=async()=>await O(e.command({type:"REVOKE_SESSION",sessionId:o}))&&i();return c("li",{},c("span.lines",{},c("strong",{},a?F(a):l.unnamedDevice),c("small",{},l.lastUsed(Ne(s)))),d?c("span.chip",{},l.thisDevice):B(l.logOut,()=>{m()}))}))};return Mn(l.sessions,n,i)}function Oo(t){let{client:e}=t,n=c("ul.results",{"aria-label":l.tokens}),i=c("div.secret",{hidden:!0,role:"status"}),r=async()=>{let m=await O(e.command({type:"GET_API_TOKENS"}));n.replaceChildren(...(m?.tokens??[]).map(({id:u,name:p,scopes:f,lastUsedAt:h})=>{let v=async()=>{await Se({title:l.revokeTitle,text:l.revokeText(D(p)),action:l.revoke})&&await O(e.command({type:"REVOKE_API_TOKEN",tokenId:u}))&&await r()},M=h?l.lastUsed(Ne(h)):l.neverUsed;return c("li",{},c("span.lines",{},c("strong",{},F(p)),c("small",{},`${f.join(", ")} · ${M}`)),B(l.revoke,()=>{v()},"danger"))}))},o=V(l.tokenName,{required:!0,maxlength:80}),a=V(l.botUsernameOptional,{maxlength:32,dir:"ltr",spellcheck:"false"},l.botUsernameHint),d=c("form",{onsubmit:async m=>{m.preventDefault();let u=await O(e.command({type:"CREATE_API_TOKEN",name:o.input.value.trim(),botUsername:a.input.value.trim()||void 0}));u&&(i.hidden=!1,i.replaceChildren(c("p",{},l.secretOnce),c("code",{dir:"ltr"},u.secret)),o.input.value=a.input.value="",await r())}},o.element,a.element,c("button",{type:"submit"},l.createToken));return Mn(l.tokens,n,r,i,d)}var Pc=["system","light","dark"],Oc=[["en","English"],["de","Deutsch"],["ar","العربية"]];function zo(t){let e=t.client.me.kind==="human";J(l.settings,Do(t),zc(t),_c(),e&&No(t),e&&Po(t),e&&Oo(t),Ro(t),c("footer",{},c("a",{href:"/docs",target:"_blank"},l.protocolReference),c("span.spacer"),e&&B(l.logOutEverywhere,()=>{t.logOut(!0)}),B(l.logOut,()=>{t.logOut(!1)},"primary"))).classList.add("settings")}function zc(t){let{client:e}=t,n=o=>{ze.set(o),e.command({type:"UPDATE_SETTINGS",settings:{theme:o}}).catch(()=>{})},i=o=>{Lt.set(o||void 0),location.reload()},r=o=>{O(e.command({type:"SET_PRESENCE",status:o}))};return c("div.grid",{},rn(l.appearance,Pc.map(o=>({value:o,label:l.themes[o]})),ze.get(),n),rn(l.language,[{value:"",label:l.browserLanguage},...Oc.map(([o,a])=>({value:o,label:a}))],Lt.get()??"",i),rn(l.showMeAs,[{value:"online",label:l.status.online},{value:"away",label:l.status.away}],e.me.status==="away"?"away":"online",r))}function _c(){let t=async e=>{if(e&&!await Lo())return void ae(l.notificationsBlocked);Be.enable(e)};return c("div",{},Cn()&&Qn(l.desktopNotifications,Be.enabled(),e=>{t(e)}),Qn(l.sound,Be.sound(),e=>Be.setSound(e)))}var jc=200;function An(t,e,n){let i=t.client.state.rooms.has(e.chatId)?t.client.chat(e.chatId):void 0,r=()=>{n(),t.showMessage(e)},o=i?l.inChat(D(te(i))):l.inAnotherChat;return c("button.hit",{type:"button",onclick:r,disabled:!i},c("span.line",{},c("strong",{},F(e.sender.displayName)),c("small",{},Q(o)),c("time",{datetime:e.createdAt},wt(e.createdAt))),c("span.text",{dir:"auto"},de(e,jc)))}var qc=30;function _o(t){let e=c("ul.results",{"aria-label":l.mentions}),n=c("p.empty",{role:"status"},l.loading),i=B(l.loadMore,()=>{o()});i.hidden=!0;let r,o=async()=>{i.hidden=!0;try{let s=await t.client.command({type:"GET_MENTIONS",limit:qc,cursor:r});e.append(...s.messages.map(d=>Fc(t,d,()=>a.close()))),r=s.nextCursor,i.hidden=r===void 0,n.textContent=e.children.length?"":l.noMentions}catch(s){n.textContent=ce(s)}},a=J(l.mentions,n,e,i);o()}function Fc(t,e,n){let i=t.client.state.rooms.get(e.chatId)?.chat.readSeq??1/0,r=e.seq>i;return c(r?"li.unread":"li",{},An(t,e,n),r&&c("span.unread-dot",{role:"img","aria-label":l.unread}))}var Hc=8,Bc=2,Uc=0;function Ht(t,e,{several:n}){let i=`people-${++Uc}`,r=c("datalist",{id:i}),{element:o,input:a}=V(e,{list:i,placeholder:n?"ann, ben":"ann",autocapitalize:"none",spellcheck:"false",dir:"ltr",required:!n}),s=async()=>{let m=a.value.split(","),u=m.pop().trim().replace(/^@/,"");if(u.length<Bc)return;let p=m.length?`${m.join(",")}, `:"",f=await t.client.command({type:"GET_USERS",search:u,limit:Hc}).catch(()=>{});r.replaceChildren(...(f?.users??[]).map(h=>c("option",{value:p+h.username},h.displayName)))};return a.addEventListener("input",()=>{s()}),o.append(r),{element:o,names:()=>a.value.split(",").map(m=>m.trim().replace(/^@/,"")).filter(Boolean),clear:()=>a.value=""}}var $c=["direct","group","channel","browse"],Wc=50,Gc=200;function Bt(t){let e=c("div",{}),n=o=>{r.close(),t.open(o.id)},i=o=>{let a=$c.map(s=>c("button",{type:"button",role:"tab","aria-selected":String(s===o),onclick:()=>i(s)},l.newChatTabs[s]));e.replaceChildren(c("div.tabs",{role:"tablist"},...a),o==="browse"?Yc(t,n):Vc(t,o,n)),e.querySelector("input")?.focus()},r=J(l.newChat,e);i("direct")}function Vc(t,e,n){let i=Ht(t,l.username,{several:!1}),r=V(e==="channel"?l.channelName:l.name,{required:e==="channel",maxlength:80}),o=V(l.descriptionOptional,{maxlength:500}),a=Ht(t,l.membersOptional,{several:!0}),s=async()=>{if(e==="direct")return t.client.direct(i.names()[0]??"");let u={name:r.input.value.trim().replace(/^#/,"")||void 0,description:o.input.value.trim()||void 0};return t.client.create({kind:e,...u,members:a.names()})},d=async u=>{u.preventDefault();let p=await O(s());p&&n(p)},m=e==="direct"?[i.element]:[r.element,o.element,a.element];return c("form",{onsubmit:d},c("p.hint",{},l.newChatHints[e]),...m,c("button.primary",{type:"submit"},e==="direct"?l.openChat:l.create))}function Yc(t,e){let n=c("ul.results",{"aria-label":l.channels}),i=c("p.empty",{role:"status"}),r=0,o,a=async()=>{let u=++r,p=await O(t.client.command({type:"GET_CHATS",scope:"public",search:m.value.trim()||void 0,limit:Wc}));u!==r||!p||(n.replaceChildren(...p.chats.map(f=>Kc(t,f,e))),i.textContent=p.chats.length?"":l.noChannelOfThatName)},s=()=>{clearTimeout(o),o=setTimeout(()=>{a()},Gc)},{element:d,input:m}=V(l.findChannel,{type:"search",oninput:s});return a(),c("div",{},d,i,n)}function Kc(t,e,n){let i=t.client.state.rooms.has(e.id),r=async()=>{let o=i?t.client.chat(e.id):await O(t.client.join(e.id));o&&n(o)};return c("li.channel",{},c("span.lines",{},c("strong",{},F(`#${e.name}`)),c("small",{},l.members(e.memberCount),e.description&&" · ",e.description&&F(e.description))),c("button",{type:"button",onclick:()=>{r()}},i?l.open:l.join))}var Qc=250,Zc=50;function In(t,e){let n=c("ul.results",{"aria-label":l.results}),i=c("p.empty",{role:"status"}),r,o=0,a=(f,h)=>{n.replaceChildren(...f.map(v=>c("li",{},An(t,v,()=>p.close())))),i.textContent=h},s=async()=>{let f=u.value.trim(),h=++o;if(!f)return a([],"");i.textContent=l.searching;try{let{messages:v}=await t.client.command({type:"SEARCH_MESSAGES",query:f,chatId:e?.id,limit:Zc});h===o&&a(v,v.length?l.found(v.length):l.nothingFound)}catch(v){h===o&&a([],ce(v))}},d=()=>{clearTimeout(r),r=setTimeout(()=>{s()},Qc)},{element:m,input:u}=V(e?l.searchIn(D(e.name)):l.searchAllChats,{type:"search",oninput:d}),p=J(l.search,m,i,n);u.focus()}var jo=70,Ln=class{element;#e;#t=c("ul.chats",{"aria-label":l.chats});#n=c("button.me",{type:"button",title:l.settings,onclick:()=>zo(this.#e)});#i;#o=c("span.badge.mention-badge",{hidden:!0});#a;#r=new Map;#l=!1;constructor(e){this.#e=e,this.#a=c("input",{type:"search",placeholder:l.filterChats,"aria-label":l.filterChats,dir:"auto",oninput:()=>this.draw(),onkeydown:i=>this.#h(i)}),this.#i=Z("at",l.mentions,()=>_o(e)),this.#i.append(this.#o);let n=[this.#i,Z("search",l.searchMessages,()=>In(e)),Z("plus",l.newChat,()=>Bt(e))];this.#t.addEventListener("keydown",i=>this.#b(i)),this.element=c("nav.sidebar",{"aria-label":l.chats},c("header",{},this.#n,...n),this.#a,this.#t)}loaded(){this.#l=!0,this.draw()}draw(){if(this.#s(),!this.#l)return this.#t.replaceChildren(...Array.from({length:6},Jc));let n=Ke(this.#e,this.#a.value).map(r=>this.#u(r));n.length===0&&n.push(this.#c()),Sn(this.#t,n);let i=this.#e.client.chats.reduce((r,{object:o})=>r+(o.mentionCount??0),0);this.#o.hidden=i===0,this.#o.textContent=Te(i),this.#i.setAttribute("aria-label",i?`${l.mentions}, ${l.mentionCount(i)}`:l.mentions)}#s(){let{me:e}=this.#e.client.state;if(!e)return this.#n.replaceChildren(c("span.bone.disc"),c("span.bone.width-2"));this.#n.replaceChildren(ke(e,e.status),c("span.lines",{},c("strong",{},F(e.displayName)),c("small",{},F(`@${e.username}`))))}#c(){let e=this.#a.value.trim()!=="";return c("li.empty",{},e?l.noChatOfThatName:l.noChatsYet,!e&&c("button.primary",{type:"button",onclick:()=>Bt(this.#e)},l.startAChat))}#u(e){let{object:n}=e,i=e.id===this.#e.chat?.id,r=this.#d(e),o=JSON.stringify([te(e),r,n.unreadCount,n.mentionCount,n.muted,i,e.pending.length,n.peer?.status,n.lastMessage?.createdAt]),a=this.#r.get(e.id);if(a?.drawn===o)return a.element;let s=a?.element??c("li"),d=s.contains(document.activeElement);return s.replaceChildren(this.#m(e,i,r)),d&&s.querySelector("button").focus({preventScroll:!0}),this.#r.set(e.id,{element:s,drawn:o}),s}#d(e){let[n]=e.typingUsers;if(n)return l.typing(D(n.displayName),1);let{lastMessage:i,description:r,kind:o}=e.object;if(!i)return r?D(It(r,jo)):l.noMessagesYet;let a=D(de(i,jo)||l.attachment);return i.sender.id===this.#e.client.state.me?.id?l.says(l.you,a):o==="direct"?a:l.says(D(i.sender.displayName),a)}#m(e,n,i){let{unreadCount:r=0,mentionCount:o=0,muted:a,lastMessage:s}=e.object,d=e.pending.length;return c("button.chat",{type:"button","aria-current":n?"true":void 0,onclick:()=>this.#e.open(e.id),"data-chat":e.id},yt(e),c("span.lines",{},c(r&&!a?"strong.name.unread":"strong.name",{},F(te(e))),c("small",{},Q(i))),c("span.side",{},c("span.top",{},a&&c("span.quiet",{role:"img","aria-label":l.muted,title:l.muted},K("muted")),s&&c("time",{datetime:s.createdAt},wt(s.createdAt))),c("span.badges",{},d>0&&c("span.unsent",{role:"img","aria-label":l.unsent(d),title:l.unsent(d)},K("clock")),o>0&&c("span.badge.mention-badge",{role:"img","aria-label":l.mentionCount(o),title:l.mentionCount(o)},`@${Te(o)}`),r>0&&c(a?"span.badge.muted":"span.badge",{role:"img","aria-label":l.unreadCount(r),title:l.unreadCount(r)},Te(r)))))}#h(e){if(e.key==="ArrowDown")this.#t.querySelector("button")?.focus(),e.preventDefault();else if(e.key==="Enter"){let[n]=Ke(this.#e,this.#a.value);n&&this.#e.open(n.id),this.#g()}else e.key==="Escape"&&this.#g()}#g(){this.#a.value="",this.draw()}#b(e){let n={ArrowDown:1,ArrowUp:-1}[e.key];if(n===void 0||e.altKey)return;let i=[...this.#t.querySelectorAll("button")];(i[i.indexOf(document.activeElement)+n]??(n<0?this.#a:void 0))?.focus(),e.preventDefault()}},Jc=()=>c("li.skeleton-row",{"aria-hidden":"true"},c("span.bone.disc"),c("span.lines",{},c("span.bone.width-2"),c("span.bone.width-4")));var Oi=[{key:"smileys",lines:`😀	grinning face cheerful cheery grin happy laugh nice smile smiling teeth
😃	grinning face with big eyes awesome grin happy mouth open smile smiling teeth yay
😄	grinning face with smiling eyes eye grin happy laugh lol mouth open smile
😁	beaming face with smiling eyes eye grin grinning happy nice smile teeth
😆	grinning squinting face closed eyes haha hahaha happy laugh lol mouth open rofl smile smiling
😅	grinning face with sweat cold dejected excited mouth nervous open smile smiling stress stressed
🤣	rolling on the floor laughing crying face funny haha happy hehe hilarious joy laugh lmao lol rofl roflmao tear
😂	face with tears of joy crying feels funny haha happy hehe hilarious laugh lmao lol rofl roflmao tear
🙂	slightly smiling face happy smile
🙃	upside-down face hehe smile
🫠	melting face disappear dissolve embarrassed haha heat hot liquid lol melt sarcasm sarcastic
😉	winking face flirt heartbreaker sexy slide tease wink winks
😊	smiling face with eyes blush eye glad satisfied smile
😇	smiling face with halo angel angelic angels blessed fairy fairytale fantasy happy innocent peaceful smile spirit tale
🥰	smiling face with hearts 3 adore crush heart ily love romance smile you
😍	smiling face with heart-eyes 143 bae eye feels hearts ily kisses love romance romantic smile xoxo
🤩	star-struck excited eyes face grinning smile star starry-eyed wow
😘	face blowing a kiss adorbs bae flirt heart ily love lover miss muah romantic smooch xoxo you
😗	kissing face 143 date dating flirt ily kiss love smooch smooches xoxo you
☺️	smiling face happy outlined relaxed smile
😚	kissing face with closed eyes 143 bae blush date dating eye flirt ily kisses smooches xoxo
😙	kissing face with smiling eyes 143 closed date dating eye flirt ily kiss kisses love night smile
🥲	smiling face with tear glad grateful happy joy pain proud relieved smile smiley touched
😋	face savoring food delicious eat full hungry savor smile smiling tasty um yum yummy
😛	face with tongue awesome cool nice party stuck-out sweet
😜	winking face with tongue crazy epic eye funny joke loopy nutty party stuck-out wacky weirdo wink yolo
🤪	zany face crazy eye eyes goofy large small
😝	squinting face with tongue closed eye eyes gross horrible omg stuck-out taste whatever yolo
🤑	money-mouth face money mouth paid
🤗	smiling face with open hands hug hugging
🤭	face with hand over mouth giggle giggling oops realization secret shock sudden surprise whoops
🫢	face with open eyes and hand over mouth amazement awe disbelief embarrass gasp omg quiet scared shock surprise
🫣	face with peeking eye captivated embarrass hide hiding peek peep scared shy stare
🤫	shushing face quiet shh shush
🤔	thinking face chin consider hmm ponder pondering wondering
🫡	saluting face good luck ma am ok respect salute sir troops yes
🤐	zipper-mouth face keep mouth quiet secret shut zip zipper
🤨	face with raised eyebrow disapproval disbelief distrust emoji hmm mild skeptic skeptical skepticism surprise what
😐️	neutral face awkward blank deadpan expressionless fine jealous meh oh shade straight unamused unhappy unimpressed whatever
😑	expressionless face awkward dead fine inexpressive jealous meh not oh omg straight uh unhappy unimpressed whatever
😶	face without mouth awkward blank expressionless mouthless mute quiet secret silence silent speechless
🫥	dotted line face depressed disappear hidden hide introvert invisible meh whatever wtv
😶‍🌫️	face in clouds absentminded fog head
😏	smirking face boss dapper flirt homie kidding leer shade slick sly smirk smug snicker suave suspicious swag
😒	unamused face bored fine jealous jel jelly pissed smh ugh uhh unhappy weird whatever
🙄	face with rolling eyes eyeroll shade ugh whatever
😬	grimacing face awk awkward dentist grimace grinning smile smiling
😮‍💨	face exhaling blow blowing exhale exhausted gasp groan relief sigh smiley smoke whisper whistle
🤥	lying face liar lie pinocchio
🫨	shaking face crazy daze earthquake omg panic shock surprise vibrate whoa wow
😌	relieved face calm peace relief zen
😔	pensive face awful bored dejected died disappointed losing lost sad sucks
😪	sleepy face crying good night sad sleep sleeping tired
🤤	drooling face
😴	sleeping face bed bedtime good goodnight nap night sleep tired whatever yawn zzz
😷	face with medical mask cold dentist dermatologist doctor dr germs medicine sick
🤒	face with thermometer ill sick
🤕	face with head-bandage bandage hurt injury ouch
🤢	nauseated face gross nasty sick vomit
🤮	face vomiting barf ew gross puke sick spew throw up vomit
🤧	sneezing face fever flu gesundheit sick sneeze
🥵	hot face dying feverish heat panting red-faced stroke sweating tongue
🥶	cold face blue blue-faced freezing frostbite icicles subzero teeth
🥴	woozy face dizzy drunk eyes intoxicated mouth tipsy uneven wavy
😵	face with crossed-out eyes dead dizzy feels knocked out sick tired
😵‍💫	face with spiral eyes confused dizzy hypnotized omg smiley trouble whoa woah woozy
🤯	exploding head blown explode mind mindblown no shocked way
🤠	cowboy hat face cowgirl
🥳	partying face bday birthday celebrate celebration excited happy hat hooray horn party
🥸	disguised face disguise eyebrow glasses incognito moustache mustache nose person spy tache tash
😎	smiling face with sunglasses awesome beach bright bro chilling cool rad relaxed shades slay smile style swag win
🤓	nerd face brainy clever expert geek gifted glasses intelligent smart
🧐	face with monocle classy fancy rich stuffy wealthy
😕	confused face befuddled confusing dunno frown hm meh not sad sorry sure
🫤	face with diagonal mouth confused confusion disappointed doubt doubtful frustrated frustration meh skeptical unsure whatever wtv
😟	worried face anxious butterflies nerves nervous sad stress stressed surprised worry
🙁	slightly frowning face frown sad
☹️	frowning face frown sad
😮	face with open mouth believe forgot omg shocked surprised sympathy unbelievable unreal whoa wow you
😯	hushed face epic omg stunned surprised whoa woah
😲	astonished face cost no omg shocked totally way
😳	flushed face amazed awkward crazy dazed dead disbelief embarrassed geez heat hot impressed jeez what wow
🥺	pleading face begging big eyes mercy not please pretty puppy sad why
🥹	face holding back tears admiration aww cry embarrassed feelings grateful gratitude joy please proud resist sad
😦	frowning face with open mouth caught frown guard scared scary surprise what wow
😧	anguished face forgot scared scary stressed surprise unhappy what wow
😨	fearful face afraid anxious blame fear scared worried
😰	anxious face with sweat blue cold eek mouth nervous open rushed scared yikes
😥	sad but relieved face anxious call close complicated disappointed not sweat time whew
😢	crying face awful cry feels miss sad tear triste unhappy
😭	loudly crying face bawling cry sad sob tear tears unhappy
😱	face screaming in fear epic fearful munch scared scream screamer shocked surprised woah
😖	confounded face annoyed confused cringe distraught feels frustrated mad sad
😣	persevering face concentrate concentration focus headache persevere
😞	disappointed face awful blame dejected fail losing sad unhappy
😓	downcast face with sweat close cold feels headache nervous sad scared yikes
😩	weary face crying fail feels hungry mad nooo sad sleepy tired unhappy
😫	tired face cost feels nap sad sneeze
🥱	yawning face bedtime bored goodnight nap night sleep sleepy tired whatever yawn zzz
😤	face with steam from nose anger angry feels fume fuming furious fury mad triumph unhappy won
😡	enraged face anger angry feels mad maddening pouting rage red shade unhappy upset
😠	angry face anger blame feels frustrated mad maddening rage shade unhappy upset
🤬	face with symbols on mouth censor cursing cussing mad pissed swearing
😈	smiling face with horns demon devil evil fairy fairytale fantasy purple shade smile tale
👿	angry face with horns demon devil evil fairy fairytale fantasy imp mischievous purple shade tale
💀	skull body dead death face fairy fairytale i m lmao monster tale yolo
☠️	skull and crossbones bone dead death face monster
💩	pile of poo bs comic doo dung face fml monster poop smelly smh stink stinks stinky turd
🤡	clown face
👹	ogre creature devil face fairy fairytale fantasy mask monster scary tale
👺	goblin angry creature face fairy fairytale fantasy mask mean monster tale
👻	ghost boo creature excited face fairy fairytale fantasy halloween haunting monster scary silly tale
👽️	alien creature extraterrestrial face fairy fairytale fantasy monster space tale ufo
👾	alien monster creature extraterrestrial face fairy fairytale fantasy game gamer games pixelated space tale ufo
🤖	robot face monster
😺	grinning cat animal face mouth open smile smiling
😸	grinning cat with smiling eyes animal eye face grin smile
😹	cat with tears of joy animal face laugh laughing lol tear
😻	smiling cat with heart-eyes animal eye face heart love smile
😼	cat with wry smile animal face ironic
😽	kissing cat animal closed eye eyes face kiss
🙀	weary cat animal face oh surprised
😿	crying cat animal cry face sad tear
😾	pouting cat animal face
🙈	see-no-evil monkey embarrassed evil face forbidden forgot gesture hide no omg prohibited scared secret smh watch
🙉	hear-no-evil monkey animal ears evil face forbidden gesture hear listen no not prohibited secret shh tmi
🙊	speak-no-evil monkey animal evil face forbidden gesture no not oops prohibited quiet secret speak stealth
💌	love letter heart mail romance valentine
💘	heart with arrow 143 adorbs cupid date emotion ily love romance valentine
💝	heart with ribbon 143 anniversary emotion ily kisses valentine xoxo
💖	sparkling heart 143 emotion excited good ily kisses morning night sparkle xoxo
💗	growing heart 143 emotion excited heartpulse ily kisses muah nervous pulse xoxo
💓	beating heart 143 cardio emotion heartbeat ily love pulsating pulse
💞	revolving hearts 143 adorbs anniversary emotion heart
💕	two hearts 143 anniversary date dating emotion heart ily kisses love loving xoxo
💟	heart decoration 143 emotion hearth purple white
❣️	heart exclamation heavy mark punctuation
💔	broken heart break crushed emotion heartbroken lonely sad
❤️‍🔥	heart on fire burn love lust sacred
❤️‍🩹	mending heart healthier improving recovering recuperating well
❤️	red heart emotion love
🩷	pink heart 143 adorable cute emotion ily like love special sweet
🧡	orange heart 143
💛	yellow heart 143 cardiac emotion ily love
💚	green heart 143 emotion ily love romantic
💙	blue heart 143 emotion ily love romance
🩵	light blue heart 143 cute cyan emotion ily like love sky special teal
💜	purple heart 143 bestest emotion ily love
🤎	brown heart 143
🖤	black heart evil wicked
🩶	grey heart 143 emotion gray ily love silver slate special
🤍	white heart 143
💋	kiss mark dating emotion heart kissing lips romance sexy
💯	hundred points 100 a+ agree clearly definitely faithful fleek full keep perfect point score true truth yup
💢	anger symbol angry comic mad upset
💥	collision bomb boom collide comic explode
💫	dizzy comic shining shooting star stars
💦	sweat droplets comic drip droplet drops splashing squirt water wet work workout
💨	dashing away cloud comic dash fart fast go gone gotta running smoke
🕳️	hole
💬	speech balloon bubble comic dialog message sms talk text typing
👁️‍🗨️	eye in speech bubble balloon witness
🗨️	left speech bubble balloon dialog
🗯️	right anger bubble angry balloon mad
💭	thought balloon bubble cartoon cloud comic daydream decisions dream idea invent invention realize think thoughts wonder
💤	zzz comic good goodnight night sleep sleeping sleepy tired`},{key:"people",lines:`👋	waving hand bye cya g2g greetings gtg hello hey hi later outtie ttfn ttyl wave yo you
🤚	raised back of hand backhand
🖐️	hand with fingers splayed finger raised stop
✋️	raised hand 5 five high stop
🖖	vulcan salute finger hand hands
🫱	rightwards hand handshake hold reach right rightward shake
🫲	leftwards hand handshake hold left leftward reach shake
🫳	palm down hand dismiss drop dropped pick shoo up
🫴	palm up hand beckon catch come hold know lift me offer tell
🫷	leftwards pushing hand block five halt high hold leftward pause push refuse slap stop wait
🫸	rightwards pushing hand block five halt high hold pause push refuse rightward slap stop wait
👌	ok hand awesome bet dope fleek fosho got gotcha legit okay pinch rad sure sweet three
🤌	pinched fingers gesture hand hold huh interrogation patience relax sarcastic ugh what zip
🤏	pinching hand amount bit fingers little small sort
✌️	victory hand peace v
🤞	crossed fingers cross finger hand luck
🫰	hand with index finger and thumb crossed 3 expensive heart love money snap
🤟	love-you gesture fingers hand ily love three you
🤘	sign of the horns finger hand rock-on
🤙	call me hand hang loose shaka
👈️	backhand index pointing left finger hand point
👉️	backhand index pointing right finger hand point
👆️	backhand index pointing up finger hand point
🖕	middle finger hand
👇️	backhand index pointing down finger hand point
☝️	index pointing up finger hand point this
🫵	index pointing at the viewer finger hand poke you
👍️	thumbs up +1 good hand like thumb yes
👎️	thumbs down -1 bad dislike good hand no nope thumb
✊️	raised fist clenched hand punch solidarity
👊	oncoming fist absolutely agree boom bro bruh bump clenched correct hand knuckle pound punch rock ttyl
🤛	left-facing fist leftwards
🤜	right-facing fist rightwards
👏	clapping hands applause approval awesome clap congrats congratulations excited good great hand homie job nice prayed well yay
🙌	raising hands celebration gesture hand hooray praise raised
🫶	heart hands 3 love you
👐	open hands hand hug jazz swerve
🤲	palms up together cupped dua hands pray prayer wish
🤝	handshake agreement deal hand meeting shake
🙏	folded hands appreciate ask beg blessed bow cmon five gesture hand high please pray thanks thx
✍️	writing hand write
💅	nail polish bored care cosmetics done makeup manicure whatever
🤳	selfie camera phone
💪	flexed biceps arm beast bench bodybuilder bro curls flex gains gym jacked muscle press ripped strong weightlift
🦾	mechanical arm accessibility prosthetic
🦿	mechanical leg accessibility prosthetic
🦵	leg bent foot kick knee limb
🦶	foot ankle feet kick stomp
👂️	ear body ears hear hearing listen listening sound
🦻	ear with hearing aid accessibility hard
👃	nose body noses nosey odor smell smells
🧠	brain intelligent smart
🫀	anatomical heart beat cardiology heartbeat organ pulse real red
🫁	lungs breath breathe exhalation inhalation lung organ respiration
🦷	tooth dentist pearly teeth white
🦴	bone bones dog skeleton wishbone
👀	eyes body eye face googly look looking omg peep see seeing
👁️	eye 1 body one
👅	tongue body lick slurp
👄	mouth beauty body kiss kissing lips lipstick
🫦	biting lip anxious bite fear flirt flirting kiss lipstick nervous sexy uncomfortable worried worry
👶	baby babies children goo infant newborn pregnant young
🧒	child bright-eyed grandchild kid young younger
👦	boy bright-eyed child grandson kid son young younger
👧	girl bright-eyed child daughter granddaughter kid virgo young younger zodiac
🧑	person adult
👱	person blond hair blond-haired human
👨	man adult bro
🧔	person beard bearded whiskers
🧔‍♂️	man beard bearded whiskers
🧔‍♀️	woman beard bearded whiskers
👨‍🦰	man red hair adult bro
👨‍🦱	man curly hair adult bro
👨‍🦳	man white hair adult bro
👨‍🦲	man bald adult bro
👩	woman adult lady
👩‍🦰	woman red hair adult lady
🧑‍🦰	person red hair adult
👩‍🦱	woman curly hair adult lady
🧑‍🦱	person curly hair adult
👩‍🦳	woman white hair adult lady
🧑‍🦳	person white hair adult
👩‍🦲	woman bald adult lady
🧑‍🦲	person bald adult
👱‍♀️	woman blond hair blond-haired blonde
👱‍♂️	man blond hair blond-haired
🧓	older person adult elderly grandparent old wise
👴	old man adult bald elderly gramps grandfather grandpa wise
👵	old woman adult elderly grandma grandmother granny lady wise
🙍	person frowning annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♂️	man frowning annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♀️	woman frowning annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙎	person pouting disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♂️	man pouting disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♀️	woman pouting disappointed downtrodden frown grimace scowl sulk upset whine
🙅	person gesturing no forbidden gesture hand not prohibit
🙅‍♂️	man gesturing no forbidden gesture hand not prohibit
🙅‍♀️	woman gesturing no forbidden gesture hand not prohibit
🙆	person gesturing ok exercise gesture hand omg
🙆‍♂️	man gesturing ok exercise gesture hand omg
🙆‍♀️	woman gesturing ok exercise gesture hand omg
💁	person tipping hand fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♂️	man tipping hand fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♀️	woman tipping hand fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
🙋	person raising hand gesture here know me pick question raise
🙋‍♂️	man raising hand gesture here know me pick question raise
🙋‍♀️	woman raising hand gesture here know me pick question raise
🧏	deaf person accessibility ear gesture hear
🧏‍♂️	deaf man accessibility ear gesture hear
🧏‍♀️	deaf woman accessibility ear gesture hear
🙇	person bowing apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🙇‍♂️	man bowing apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🙇‍♀️	woman bowing apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🤦	person facepalming again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤦‍♂️	man facepalming again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤦‍♀️	woman facepalming again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤷	person shrugging doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🤷‍♂️	man shrugging doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🤷‍♀️	woman shrugging doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🧑‍⚕️	health worker doctor healthcare nurse therapist
👨‍⚕️	man health worker doctor healthcare nurse therapist
👩‍⚕️	woman health worker doctor healthcare nurse therapist
🧑‍🎓	student graduate
👨‍🎓	man student graduate
👩‍🎓	woman student graduate
🧑‍🏫	teacher instructor lecturer professor
👨‍🏫	man teacher instructor lecturer professor
👩‍🏫	woman teacher instructor lecturer professor
🧑‍⚖️	judge justice law scales
👨‍⚖️	man judge justice law scales
👩‍⚖️	woman judge justice law scales
🧑‍🌾	farmer gardener rancher
👨‍🌾	man farmer gardener rancher
👩‍🌾	woman farmer gardener rancher
🧑‍🍳	cook chef
👨‍🍳	man cook chef
👩‍🍳	woman cook chef
🧑‍🔧	mechanic electrician plumber tradesperson
👨‍🔧	man mechanic electrician plumber tradesperson
👩‍🔧	woman mechanic electrician plumber tradesperson
🧑‍🏭	factory worker assembly industrial
👨‍🏭	man factory worker assembly industrial
👩‍🏭	woman factory worker assembly industrial
🧑‍💼	office worker architect business manager white-collar
👨‍💼	man office worker architect business manager white-collar
👩‍💼	woman office worker architect business manager white-collar
🧑‍🔬	scientist biologist chemist engineer mathematician physicist
👨‍🔬	man scientist biologist chemist engineer mathematician physicist
👩‍🔬	woman scientist biologist chemist engineer mathematician physicist
🧑‍💻	technologist coder computer developer inventor software
👨‍💻	man technologist coder computer developer inventor software
👩‍💻	woman technologist coder computer developer inventor software
🧑‍🎤	singer actor entertainer rock rockstar star
👨‍🎤	man singer actor entertainer rock rockstar star
👩‍🎤	woman singer actor entertainer rock rockstar star
🧑‍🎨	artist palette
👨‍🎨	man artist palette
👩‍🎨	woman artist palette
🧑‍✈️	pilot plane
👨‍✈️	man pilot plane
👩‍✈️	woman pilot plane
🧑‍🚀	astronaut rocket space
👨‍🚀	man astronaut rocket space
👩‍🚀	woman astronaut rocket space
🧑‍🚒	firefighter fire firetruck
👨‍🚒	man firefighter fire firetruck
👩‍🚒	woman firefighter fire firetruck
👮	police officer apprehend arrest citation cop law over pulled undercover
👮‍♂️	man police officer apprehend arrest citation cop law over pulled undercover
👮‍♀️	woman police officer apprehend arrest citation cop law over pulled undercover
🕵️	detective sleuth spy
🕵️‍♂️	man detective sleuth spy
🕵️‍♀️	woman detective sleuth spy
💂	guard buckingham helmet london palace
💂‍♂️	man guard buckingham helmet london palace
💂‍♀️	woman guard buckingham helmet london palace
🥷	ninja assassin fight fighter hidden person secret skills sly soldier stealth war
👷	construction worker build fix hardhat hat man person rebuild remodel repair work
👷‍♂️	man construction worker build fix hardhat hat rebuild remodel repair work
👷‍♀️	woman construction worker build fix hardhat hat man rebuild remodel repair work
🫅	person with crown monarch noble regal royal royalty
🤴	prince crown fairy fairytale fantasy king royal royalty tale
👸	princess crown fairy fairytale fantasy queen royal royalty tale
👳	person wearing turban
👳‍♂️	man wearing turban
👳‍♀️	woman wearing turban
👲	person with skullcap cap chinese gua guapi hat mao pi
🧕	woman with headscarf bandana head hijab kerchief mantilla tichel
🤵	person in tuxedo formal wedding
🤵‍♂️	man in tuxedo formal groom wedding
🤵‍♀️	woman in tuxedo formal wedding
👰	person with veil wedding
👰‍♂️	man with veil wedding
👰‍♀️	woman with veil bride wedding
🤰	pregnant woman
🫃	pregnant man belly bloated full overeat
🫄	pregnant person belly bloated full overeat stuffed
🤱	breast-feeding baby breast feeding mom mother nursing woman
👩‍🍼	woman feeding baby feed mom mother nanny newborn nursing
👨‍🍼	man feeding baby dad father feed nanny newborn nursing
🧑‍🍼	person feeding baby feed nanny newborn nursing parent
👼	baby angel church face fairy fairytale fantasy tale
🎅	santa claus celebration christmas fairy fantasy father holiday merry tale xmas
🤶	mrs claus celebration christmas fairy fantasy holiday merry mother santa tale xmas
🧑‍🎄	mx claus celebration christmas fairy fantasy holiday merry santa tale xmas
🦸	superhero good hero superpower
🦸‍♂️	man superhero good hero superpower
🦸‍♀️	woman superhero good hero heroine superpower
🦹	supervillain bad criminal evil superpower villain
🦹‍♂️	man supervillain bad criminal evil superpower villain
🦹‍♀️	woman supervillain bad criminal evil superpower villain
🧙	mage fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♂️	man mage fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♀️	woman mage fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧚	fairy fairytale fantasy myth person pixie tale wings
🧚‍♂️	man fairy fairytale fantasy myth oberon person pixie puck tale wings
🧚‍♀️	woman fairy fairytale fantasy myth person pixie tale titania wings
🧛	vampire blood dracula fangs halloween scary supernatural teeth undead
🧛‍♂️	man vampire blood fangs halloween scary supernatural teeth undead
🧛‍♀️	woman vampire blood fangs halloween scary supernatural teeth undead
🧜	merperson creature fairytale folklore ocean sea siren trident
🧜‍♂️	merman creature fairytale folklore neptune ocean poseidon sea siren trident triton
🧜‍♀️	mermaid creature fairytale folklore merwoman ocean sea siren trident
🧝	elf elves enchantment fantasy folklore magic magical myth
🧝‍♂️	man elf elves enchantment fantasy folklore magic magical myth
🧝‍♀️	woman elf elves enchantment fantasy folklore magic magical myth
🧞	genie djinn fantasy jinn lamp myth rub wishes
🧞‍♂️	man genie djinn fantasy jinn lamp myth rub wishes
🧞‍♀️	woman genie djinn fantasy jinn lamp myth rub wishes
🧟	zombie apocalypse dead halloween horror scary undead walking
🧟‍♂️	man zombie apocalypse dead halloween horror scary undead walking
🧟‍♀️	woman zombie apocalypse dead halloween horror scary undead walking
🧌	troll fairy fantasy monster tale trolling
💆	person getting massage face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♂️	man getting massage face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♀️	woman getting massage face headache relax relaxing salon soothe spa tension therapy treatment
💇	person getting haircut barber beauty chop cosmetology cut groom hair parlor shears style
💇‍♂️	man getting haircut barber beauty chop cosmetology cut groom hair parlor person shears style
💇‍♀️	woman getting haircut barber beauty chop cosmetology cut groom hair parlor person shears style
🚶	person walking amble gait hike man pace pedestrian stride stroll walk
🚶‍♂️	man walking amble gait hike pace pedestrian stride stroll walk
🚶‍♀️	woman walking amble gait hike man pace pedestrian stride stroll walk
🧍	person standing stand
🧍‍♂️	man standing stand
🧍‍♀️	woman standing stand
🧎	person kneeling kneel knees
🧎‍♂️	man kneeling kneel knees
🧎‍♀️	woman kneeling kneel knees
🧑‍🦯	person with white cane accessibility blind probing
👨‍🦯	man with white cane accessibility blind probing
👩‍🦯	woman with white cane accessibility blind probing
🧑‍🦼	person in motorized wheelchair accessibility
👨‍🦼	man in motorized wheelchair accessibility
👩‍🦼	woman in motorized wheelchair accessibility
🧑‍🦽	person in manual wheelchair accessibility
👨‍🦽	man in manual wheelchair accessibility
👩‍🦽	woman in manual wheelchair accessibility
🏃	person running fast hurry marathon move quick race racing run rush speed
🏃‍♂️	man running fast hurry marathon move quick race racing run rush speed
🏃‍♀️	woman running fast hurry marathon move quick race racing run rush speed
💃	woman dancing dance dancer elegant festive flair flamenco groove let s salsa tango
🕺	man dancing dance dancer elegant festive flair flamenco groove let s salsa tango
🕴️	person in suit levitating business
👯	people with bunny ears bestie bff counterpart dancer double ear identical pair party partying soulmate twin twinsies
👯‍♂️	men with bunny ears bestie bff counterpart dancer double ear identical pair party partying people soulmate twin twinsies
👯‍♀️	women with bunny ears bestie bff counterpart dancer double ear identical pair party partying people soulmate twin twinsies
🧖	person in steamy room day luxurious pamper relax sauna spa steam steambath unwind
🧖‍♂️	man in steamy room day luxurious pamper relax sauna spa steam steambath unwind
🧖‍♀️	woman in steamy room day luxurious pamper relax sauna spa steam steambath unwind
🧗	person climbing climb climber mountain rock scale up
🧗‍♂️	man climbing climb climber mountain rock scale up
🧗‍♀️	woman climbing climb climber mountain rock scale up
🤺	person fencing fencer sword
🏇	horse racing jockey racehorse riding sport
⛷️	skier ski snow
🏂️	snowboarder ski snow snowboard sport
🏌️	person golfing ball birdie caddy driving golf green pga putt range tee
🏌️‍♂️	man golfing ball birdie caddy driving golf green pga putt range tee
🏌️‍♀️	woman golfing ball birdie caddy driving golf green pga putt range tee
🏄️	person surfing beach ocean sport surf surfer swell waves
🏄‍♂️	man surfing beach ocean sport surf surfer swell waves
🏄‍♀️	woman surfing beach ocean person sport surf surfer swell waves
🚣	person rowing boat canoe cruise fishing lake oar paddle raft river row rowboat
🚣‍♂️	man rowing boat canoe cruise fishing lake oar paddle raft river row rowboat
🚣‍♀️	woman rowing boat canoe cruise fishing lake oar paddle raft river row rowboat
🏊️	person swimming freestyle sport swim swimmer triathlon
🏊‍♂️	man swimming freestyle sport swim swimmer triathlon
🏊‍♀️	woman swimming freestyle man sport swim swimmer triathlon
⛹️	person bouncing ball athletic basketball championship dribble net player throw
⛹️‍♂️	man bouncing ball athletic basketball championship dribble net player throw
⛹️‍♀️	woman bouncing ball athletic basketball championship dribble net player throw
🏋️	person lifting weights barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🏋️‍♂️	man lifting weights barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🏋️‍♀️	woman lifting weights barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🚴	person biking bicycle bicyclist bike cycle cyclist riding sport
🚴‍♂️	man biking bicycle bicyclist bike cycle cyclist riding sport
🚴‍♀️	woman biking bicycle bicyclist bike cycle cyclist riding sport
🚵	person mountain biking bicycle bicyclist bike cycle cyclist riding sport
🚵‍♂️	man mountain biking bicycle bicyclist bike cycle cyclist riding sport
🚵‍♀️	woman mountain biking bicycle bicyclist bike cycle cyclist riding sport
🤸	person cartwheeling active cartwheel excited flip gymnastics happy somersault
🤸‍♂️	man cartwheeling active cartwheel excited flip gymnastics happy somersault
🤸‍♀️	woman cartwheeling active cartwheel excited flip gymnastics happy somersault
🤼	people wrestling combat duel grapple ring tournament wrestle
🤼‍♂️	men wrestling combat duel grapple ring tournament wrestle
🤼‍♀️	women wrestling combat duel grapple ring tournament wrestle
🤽	person playing water polo sport swimming waterpolo
🤽‍♂️	man playing water polo sport swimming waterpolo
🤽‍♀️	woman playing water polo sport swimming waterpolo
🤾	person playing handball athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♂️	man playing handball athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♀️	woman playing handball athletics ball catch chuck hurl lob pitch sport throw toss
🤹	person juggling act balance balancing handle juggle manage multitask skill
🤹‍♂️	man juggling act balance balancing handle juggle manage multitask skill
🤹‍♀️	woman juggling act balance balancing handle juggle manage multitask skill
🧘	person in lotus position cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♂️	man in lotus position cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♀️	woman in lotus position cross legged legs meditation peace relax serenity yoga yogi zen
🛀	person taking bath bathtub tub
🛌	person in bed bedtime good goodnight hotel nap night sleep tired zzz
🧑‍🤝‍🧑	people holding hands bae bestie bff couple dating flirt friends hand hold twins
👭	women holding hands bae bestie bff couple dating flirt friends girls hand hold sisters twins
👫	woman and man holding hands bae bestie bff couple dating flirt friends hand hold twins
👬	men holding hands bae bestie bff boys brothers couple dating flirt friends hand hold twins
💏	kiss anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👨	kiss woman man anniversary babe bae couple date dating heart love mwah person romance together xoxo
👨‍❤️‍💋‍👨	kiss man anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👩	kiss woman anniversary babe bae couple date dating heart love mwah person romance together xoxo
💑	couple with heart anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👨	couple with heart woman man anniversary babe bae dating kiss love person relationship romance together you
👨‍❤️‍👨	couple with heart man anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👩	couple with heart woman anniversary babe bae dating kiss love person relationship romance together you
👨‍👩‍👦	family man woman boy child
👨‍👩‍👧	family man woman girl child
👨‍👩‍👧‍👦	family man woman girl boy child
👨‍👩‍👦‍👦	family man woman boy child
👨‍👩‍👧‍👧	family man woman girl child
👨‍👨‍👦	family man boy child
👨‍👨‍👧	family man girl child
👨‍👨‍👧‍👦	family man girl boy child
👨‍👨‍👦‍👦	family man boy child
👨‍👨‍👧‍👧	family man girl child
👩‍👩‍👦	family woman boy child
👩‍👩‍👧	family woman girl child
👩‍👩‍👧‍👦	family woman girl boy child
👩‍👩‍👦‍👦	family woman boy child
👩‍👩‍👧‍👧	family woman girl child
👨‍👦	family man boy child
👨‍👦‍👦	family man boy child
👨‍👧	family man girl child
👨‍👧‍👦	family man girl boy child
👨‍👧‍👧	family man girl child
👩‍👦	family woman boy child
👩‍👦‍👦	family woman boy child
👩‍👧	family woman girl child
👩‍👧‍👦	family woman girl boy child
👩‍👧‍👧	family woman girl child
🗣️	speaking head face silhouette speak
👤	bust in silhouette mysterious shadow
👥	busts in silhouette bff bust everyone friend friends people
🫂	people hugging comfort embrace farewell friendship goodbye hello hug love thanks
👪️	family child
👣	footprints barefoot clothing footprint omw print walk`},{key:"animals",lines:`🐵	monkey face animal banana
🐒	monkey animal banana
🦍	gorilla animal
🦧	orangutan animal ape monkey
🐶	dog face adorbs animal pet puppies puppy
🐕️	dog animal animals dogs pet
🦮	guide dog accessibility animal blind
🐕‍🦺	service dog accessibility animal assistance
🐩	poodle animal dog fluffy
🐺	wolf animal face
🦊	fox animal face
🦝	raccoon animal curious sly
🐱	cat face animal kitten kitty pet
🐈️	cat animal animals cats kitten pet
🐈‍⬛	black cat animal feline halloween meow unlucky
🦁	lion alpha animal face leo mane order rawr roar safari strong zodiac
🐯	tiger face animal big cat predator
🐅	tiger animal big cat predator zoo
🐆	leopard animal big cat predator zoo
🐴	horse face animal dressage equine farm horses
🫎	moose alces animal antlers elk mammal
🫏	donkey animal ass burro hinny mammal mule stubborn
🐎	horse animal equestrian farm racehorse racing
🦄	unicorn face
🦓	zebra animal stripe
🦌	deer animal
🦬	bison animal buffalo herd wisent
🐮	cow face animal farm milk moo
🐂	ox animal animals bull farm taurus zodiac
🐃	water buffalo animal zoo
🐄	cow animal animals farm milk moo
🐷	pig face animal bacon farm pork
🐖	pig animal bacon farm pork sow
🐗	boar animal pig
🐽	pig nose animal face farm smell snout
🐏	ram animal aries horns male sheep zodiac zoo
🐑	ewe animal baa farm female fluffy lamb sheep wool
🐐	goat animal capricorn farm milk zodiac
🐪	camel animal desert dromedary hump one
🐫	two-hump camel animal bactrian desert hump two
🦙	llama alpaca animal guanaco vicuña wool
🦒	giraffe animal spots
🐘	elephant animal
🦣	mammoth animal extinction large tusk wooly
🦏	rhinoceros animal
🦛	hippopotamus animal hippo
🐭	mouse face animal
🐁	mouse animal animals
🐀	rat animal
🐹	hamster animal face pet
🐰	rabbit face animal bunny pet
🐇	rabbit animal bunny pet
🐿️	chipmunk animal squirrel
🦫	beaver animal dam teeth
🦔	hedgehog animal spiny
🦇	bat animal vampire
🐻	bear animal face grizzly growl honey
🐻‍❄️	polar bear animal arctic white
🐨	koala animal australia bear down face marsupial under
🐼	panda animal bamboo face
🦥	sloth lazy slow
🦦	otter animal fishing playful
🦨	skunk animal stink
🦘	kangaroo animal joey jump marsupial
🦡	badger animal honey pester
🐾	paw prints feet paws print
🦃	turkey bird gobble thanksgiving
🐔	chicken animal bird ornithology
🐓	rooster animal bird ornithology
🐣	hatching chick animal baby bird egg
🐤	baby chick animal bird ornithology
🐥	front-facing baby chick animal bird newborn ornithology
🐦️	bird animal ornithology
🐧	penguin animal antarctica bird ornithology
🕊️	dove bird fly ornithology peace
🦅	eagle animal bird ornithology
🦆	duck animal bird ornithology
🦢	swan animal bird cygnet duckling ornithology ugly
🦉	owl animal bird ornithology wise
🦤	dodo animal bird extinction large ornithology
🪶	feather bird flight light plumage
🦩	flamingo animal bird flamboyant ornithology tropical
🦚	peacock animal bird colorful ornithology ostentatious peahen pretty proud
🦜	parrot animal bird ornithology pirate talk
🪽	wing angelic ascend aviation bird fly flying heavenly mythology soar
🐦‍⬛	black bird animal beak caw corvid crow ornithology raven rook
🪿	goose animal bird duck flock fowl gaggle gander geese honk ornithology silly
🐸	frog animal face
🐊	crocodile animal zoo
🐢	turtle animal terrapin tortoise
🦎	lizard animal reptile
🐍	snake animal bearer ophiuchus serpent zodiac
🐲	dragon face animal fairy fairytale tale
🐉	dragon animal fairy fairytale knights tale
🦕	sauropod brachiosaurus brontosaurus dinosaur diplodocus
🦖	t-rex dinosaur rex t tyrannosaurus
🐳	spouting whale animal beach face ocean
🐋	whale animal beach ocean
🐬	dolphin animal beach flipper ocean
🦭	seal animal lion ocean sea
🐟️	fish animal dinner fishes fishing pisces zodiac
🐠	tropical fish animal fishes
🐡	blowfish animal fish
🦈	shark animal fish
🐙	octopus animal creature ocean
🐚	spiral shell animal beach conch sea
🪸	coral change climate ocean reef sea
🪼	jellyfish animal aquarium burn invertebrate jelly life marine ocean ouch plankton sea sting stinger tentacles
🦀	crab cancer zodiac
🦞	lobster animal bisque claws seafood
🦐	shrimp food shellfish small
🦑	squid animal food mollusk
🦪	oyster diving pearl
🐌	snail animal escargot garden nature slug
🦋	butterfly insect pretty
🐛	bug animal garden insect
🐜	ant animal garden insect
🐝	honeybee animal bee bumblebee honey insect nature spring
🪲	beetle animal bug insect
🐞	lady beetle animal garden insect ladybird ladybug nature
🦗	cricket animal bug grasshopper insect orthoptera
🪳	cockroach animal insect pest roach
🕷️	spider animal insect
🕸️	spider web
🦂	scorpion scorpio scorpius zodiac
🦟	mosquito bite disease fever insect malaria pest virus
🪰	fly animal disease insect maggot pest rotting
🪱	worm animal annelid earthworm parasite
🦠	microbe amoeba bacteria science virus
💐	bouquet anniversary birthday date flower love plant romance
🌸	cherry blossom flower plant spring springtime
💮	white flower
🪷	lotus beauty buddhism calm flower hinduism peace purity serenity
🏵️	rosette plant
🌹	rose beauty elegant flower love plant red valentine
🥀	wilted flower dying
🌺	hibiscus flower plant
🌻	sunflower flower outdoors plant sun
🌼	blossom buttercup dandelion flower plant
🌷	tulip blossom flower growth plant
🪻	hyacinth bloom bluebonnet flower indigo lavender lilac lupine plant purple shrub snapdragon spring violet
🌱	seedling plant sapling sprout young
🪴	potted plant decor grow house nurturing pot
🌲	evergreen tree christmas forest pine
🌳	deciduous tree forest green habitat shedding
🌴	palm tree beach plant tropical
🌵	cactus desert drought nature plant
🌾	sheaf of rice ear grain grains plant
🌿	herb leaf plant
☘️	shamrock irish plant
🍀	four leaf clover 4 four-leaf irish lucky plant
🍁	maple leaf falling
🍂	fallen leaf autumn fall falling
🍃	leaf fluttering in wind blow flutter
🪹	empty nest branch home nesting
🪺	nest with eggs bird branch egg nesting
🍄	mushroom fungus toadstool`},{key:"food",lines:`🍇	grapes dionysus fruit grape
🍈	melon cantaloupe fruit
🍉	watermelon fruit
🍊	tangerine c citrus fruit nectarine orange vitamin
🍋	lemon citrus fruit sour
🍌	banana fruit potassium
🍍	pineapple colada fruit pina tropical
🥭	mango food fruit tropical
🍎	red apple diet food fruit health ripe
🍏	green apple fruit
🍐	pear fruit
🍑	peach fruit
🍒	cherries berries cherry fruit red
🍓	strawberry berry fruit
🫐	blueberries berries berry bilberry blue blueberry food fruit
🥝	kiwi fruit food
🍅	tomato food fruit vegetable
🫒	olive food
🥥	coconut colada palm piña
🥑	avocado food fruit
🍆	eggplant aubergine vegetable
🥔	potato food vegetable
🥕	carrot food vegetable
🌽	ear of corn crops farm maize maze
🌶️	hot pepper
🫑	bell pepper capsicum food vegetable
🥒	cucumber food pickle vegetable
🥬	leafy green bok burgers cabbage choy kale lettuce salad
🥦	broccoli cabbage wild
🧄	garlic flavoring
🧅	onion flavoring
🥜	peanuts food nut peanut vegetable
🫘	beans food kidney legume small
🌰	chestnut almond plant
🫚	ginger root beer health herb natural spice
🫛	pea pod beans beanstalk edamame legume soybean vegetable veggie
🍞	bread carbs food grain loaf restaurant toast wheat
🥐	croissant bread breakfast crescent food french roll
🥖	baguette bread food french
🫓	flatbread arepa bread food gordita lavash naan pita
🥨	pretzel convoluted twisted
🥯	bagel bakery bread breakfast schmear
🥞	pancakes breakfast crêpe food hotcake pancake
🧇	waffle breakfast indecisive iron
🧀	cheese wedge
🍖	meat on bone
🍗	poultry leg bone chicken drumstick hungry turkey
🥩	cut of meat chop lambchop porkchop red steak
🥓	bacon breakfast food meat
🍔	hamburger burger eat fast food hungry
🍟	french fries fast food
🍕	pizza cheese food hungry pepperoni slice
🌭	hot dog frankfurter hotdog sausage
🥪	sandwich bread
🌮	taco mexican
🌯	burrito mexican wrap
🫔	tamale food mexican pamonha wrapped
🥙	stuffed flatbread falafel food gyro kebab
🧆	falafel chickpea meatball
🥚	egg breakfast food
🍳	cooking breakfast easy egg fry frying over pan restaurant side sunny up
🥘	shallow pan of food casserole paella
🍲	pot of food soup stew
🫕	fondue cheese chocolate food melted pot ski
🥣	bowl with spoon breakfast cereal congee oatmeal porridge
🥗	green salad food
🍿	popcorn corn movie pop
🧈	butter dairy
🧂	salt condiment flavor mad salty shaker taste upset
🥫	canned food can
🍱	bento box food
🍘	rice cracker food
🍙	rice ball food japanese
🍚	cooked rice food
🍛	curry rice food
🍜	steaming bowl chopsticks food noodle pho ramen soup
🍝	spaghetti food meatballs pasta restaurant
🍠	roasted sweet potato food
🍢	oden food kebab restaurant seafood skewer stick
🍣	sushi food
🍤	fried shrimp prawn tempura
🍥	fish cake with swirl food pastry restaurant
🥮	moon cake autumn festival yuèbǐng
🍡	dango dessert japanese skewer stick sweet
🥟	dumpling empanada gyōza jiaozi pierogi potsticker
🥠	fortune cookie prophecy
🥡	takeout box chopsticks delivery food oyster pail
🍦	soft ice cream dessert food icecream restaurant serve sweet
🍧	shaved ice dessert restaurant sweet
🍨	ice cream dessert food restaurant sweet
🍩	doughnut breakfast dessert donut food sweet
🍪	cookie chip chocolate dessert sweet
🎂	birthday cake bday celebration dessert happy pastry sweet
🍰	shortcake cake dessert pastry slice sweet
🧁	cupcake bakery dessert sprinkles sugar sweet treat
🥧	pie apple filling fruit meat pastry pumpkin slice
🍫	chocolate bar candy dessert halloween sweet tooth
🍬	candy cavities dessert halloween restaurant sweet tooth wrapper
🍭	lollipop candy dessert food restaurant sweet
🍮	custard dessert pudding sweet
🍯	honey pot barrel bear food honeypot jar sweet
🍼	baby bottle babies birth born drink infant milk newborn
🥛	glass of milk drink
☕️	hot beverage cafe caffeine chai coffee drink morning steaming tea
🫖	teapot brew drink food pot tea
🍵	teacup without handle beverage cup drink oolong tea
🍶	sake bar beverage bottle cup drink restaurant
🍾	bottle with popping cork bar drink
🍷	wine glass alcohol bar beverage booze club drink drinking drinks restaurant
🍸️	cocktail glass alcohol bar booze club drink drinking drinks mad martini men
🍹	tropical drink alcohol bar booze club cocktail drinking drinks drunk mai party tai tropics
🍺	beer mug alcohol ale bar booze drink drinking drinks octoberfest oktoberfest pint stein summer
🍻	clinking beer mugs alcohol bar booze bottoms cheers clink drinking drinks
🥂	clinking glasses celebrate clink drink glass
🥃	tumbler glass liquor scotch shot whiskey whisky
🫗	pouring liquid accident drink empty glass oops pour spill water
🥤	cup with straw drink juice malt soda soft water
🧋	bubble tea boba food milk pearl
🧃	beverage box juice straw sweet
🧉	mate drink
🧊	ice cold cube iceberg
🥢	chopsticks hashi jeotgarak kuaizi
🍽️	fork and knife with plate cooking dinner eat
🍴	fork and knife breakfast breaky cooking cutlery delicious dinner eat feed food hungry lunch restaurant yum yummy
🥄	spoon eat tableware
🔪	kitchen knife chef cooking hocho tool weapon
🫙	jar condiment container empty nothing sauce store
🏺	amphora aquarius cooking drink jug tool weapon zodiac`},{key:"travel",lines:`🌍️	globe showing europe-africa africa earth europe world
🌎️	globe showing americas earth world
🌏️	globe showing asia-australia asia australia earth world
🌐	globe with meridians earth internet web world worldwide
🗺️	world map
🗾	map of japan
🧭	compass direction magnetic navigation orienteering
🏔️	snow-capped mountain cold snow
⛰️	mountain
🌋	volcano eruption mountain nature
🗻	mount fuji mountain nature
🏕️	camping
🏖️	beach with umbrella
🏜️	desert
🏝️	desert island
🏞️	national park
🏟️	stadium
🏛️	classical building
🏗️	building construction crane
🧱	brick bricks clay mortar wall
🪨	rock boulder heavy solid stone tough
🪵	wood log lumber timber
🛖	hut home house roundhouse shelter yurt
🏘️	houses house
🏚️	derelict house home
🏠️	house building country heart home ranch settle simple suburban suburbia where
🏡	house with garden building country heart home ranch settle simple suburban suburbia where
🏢	office building city cubical job
🏣	japanese post office building
🏤	post office building european
🏥	hospital building doctor medicine
🏦	bank building
🏨	hotel building
🏩	love hotel building
🏪	convenience store 24 building hours
🏫	school building
🏬	department store building
🏭️	factory building
🏯	japanese castle building
🏰	castle building european
💒	wedding chapel hitched nuptials romance
🗼	tokyo tower
🗽	statue of liberty new ny nyc york
⛪️	church bless chapel christian cross religion
🕌	mosque islam masjid muslim religion
🛕	hindu temple
🕍	synagogue jew jewish judaism religion temple
⛩️	shinto shrine religion
🕋	kaaba hajj islam muslim religion umrah
⛲️	fountain
⛺️	tent camping
🌁	foggy fog
🌃	night with stars star
🏙️	cityscape city
🌄	sunrise over mountains morning sun
🌅	sunrise morning nature sun
🌆	cityscape at dusk building city evening landscape sun sunset
🌇	sunset building dusk sun
🌉	bridge at night
♨️	hot springs hotsprings steaming
🎠	carousel horse entertainment
🛝	playground slide amusement park play playing sliding theme
🎡	ferris wheel amusement park theme
🎢	roller coaster amusement park theme
💈	barber pole cut fresh haircut shave
🎪	circus tent
🚂	locomotive caboose engine railway steam train trains travel
🚃	railway car electric train tram travel trolleybus
🚄	high-speed train railway shinkansen speed
🚅	bullet train high-speed nose railway shinkansen speed travel
🚆	train arrived choo railway
🚇️	metro subway travel
🚈	light rail arrived monorail railway
🚉	station railway train
🚊	tram trolleybus
🚝	monorail vehicle
🚞	mountain railway car trip
🚋	tram car bus trolley trolleybus
🚌	bus school vehicle
🚍️	oncoming bus cars
🚎	trolleybus bus tram trolley
🚐	minibus bus drive van vehicle
🚑️	ambulance emergency vehicle
🚒	fire engine truck
🚓	police car 5 0 cops patrol
🚔️	oncoming police car
🚕	taxi cab cabbie car drive vehicle yellow
🚖	oncoming taxi cab cabbie cars drove hail yellow
🚗	automobile car driving vehicle
🚘️	oncoming automobile car cars drove vehicle
🚙	sport utility vehicle car drive recreational sportutility
🛻	pickup truck automobile car flatbed pick-up transportation
🚚	delivery truck car drive vehicle
🚛	articulated lorry car drive move semi truck vehicle
🚜	tractor vehicle
🏎️	racing car zoom
🏍️	motorcycle racing
🛵	motor scooter
🦽	manual wheelchair accessibility
🦼	motorized wheelchair accessibility
🛺	auto rickshaw tuk
🚲️	bicycle bike class cycle cycling cyclist gang ride spin spinning
🛴	kick scooter
🛹	skateboard board skate skater wheels
🛼	roller skate blades skates sport
🚏	bus stop busstop
🛣️	motorway highway road
🛤️	railway track train
🛢️	oil drum
⛽️	fuel pump diesel fuelpump gas gasoline station
🛞	wheel car circle tire turn vehicle
🚨	police car light alarm alert beacon emergency revolving siren
🚥	horizontal traffic light intersection signal stop stoplight
🚦	vertical traffic light drove intersection signal stop stoplight
🛑	stop sign octagonal
🚧	construction barrier
⚓️	anchor ship tool
🛟	ring buoy float life lifesaver preserver rescue safety save saver swim
⛵️	sailboat boat resort sailing sea yacht
🛶	canoe boat
🚤	speedboat billionaire boat lake luxury millionaire summer travel
🛳️	passenger ship
⛴️	ferry boat passenger
🛥️	motor boat motorboat
🚢	ship boat passenger travel
✈️	airplane aeroplane fly flying jet plane travel
🛩️	small airplane aeroplane plane
🛫	airplane departure aeroplane check-in departures plane
🛬	airplane arrival aeroplane arrivals arriving landing plane
🪂	parachute hang-glide parasail skydive
💺	seat chair
🚁	helicopter copter roflcopter travel vehicle
🚟	suspension railway
🚠	mountain cableway cable gondola lift ski
🚡	aerial tramway cable car gondola ropeway
🛰️	satellite space
🚀	rocket launch rockets space travel
🛸	flying saucer aliens extra terrestrial ufo
🛎️	bellhop bell hotel
🧳	luggage bag packing roller suitcase travel
⌛️	hourglass done sand time timer
⏳️	hourglass not done flowing hours sand timer waiting yolo
⌚️	watch clock time
⏰️	alarm clock hours hrs late time waiting
⏱️	stopwatch clock time
⏲️	timer clock
🕰️	mantelpiece clock time
🕛️	twelve o clock 12 00 time
🕧️	twelve-thirty 12 30 clock thirty time twelve
🕐️	one o clock 1 00 time
🕜️	one-thirty 1 30 clock one thirty time
🕑️	two o clock 2 00 time
🕝️	two-thirty 2 30 clock thirty time two
🕒️	three o clock 3 00 time
🕞️	three-thirty 3 30 clock thirty three time
🕓️	four o clock 4 00 time
🕟️	four-thirty 30 4 clock four thirty time
🕔️	five o clock 5 00 time
🕠️	five-thirty 30 5 clock five thirty time
🕕️	six o clock 6 00 time
🕡️	six-thirty 30 6 clock six thirty
🕖️	seven o clock 0 7 00
🕢️	seven-thirty 30 7 clock seven thirty
🕗️	eight o clock 8 00 time
🕣️	eight-thirty 30 8 clock eight thirty time
🕘️	nine o clock 9 00 time
🕤️	nine-thirty 30 9 clock nine thirty time
🕙️	ten o clock 0 10 00
🕥️	ten-thirty 10 30 clock ten thirty time
🕚️	eleven o clock 11 00 time
🕦️	eleven-thirty 11 30 clock eleven thirty time
🌑	new moon dark space
🌒	waxing crescent moon dreams space
🌓	first quarter moon space
🌔	waxing gibbous moon space
🌕️	full moon space
🌖	waning gibbous moon space
🌗	last quarter moon space
🌘	waning crescent moon space
🌙	crescent moon ramadan space
🌚	new moon face space
🌛	first quarter moon face space
🌜️	last quarter moon face dreams
🌡️	thermometer weather
☀️	sun bright rays space sunny weather
🌝	full moon face bright
🌞	sun with face beach bright day heat shine sunny sunshine weather
🪐	ringed planet saturn saturnine
⭐️	star astronomy medium stars white
🌟	glowing star glittery glow night shining sparkle win
🌠	shooting star falling night space
🌌	milky way space
☁️	cloud weather
⛅️	sun behind cloud cloudy weather
⛈️	cloud with lightning and rain thunder thunderstorm
🌤️	sun behind small cloud weather
🌥️	sun behind large cloud weather
🌦️	sun behind rain cloud weather
🌧️	cloud with rain weather
🌨️	cloud with snow cold weather
🌩️	cloud with lightning weather
🌪️	tornado cloud weather whirlwind
🌫️	fog cloud weather
🌬️	wind face blow cloud
🌀	cyclone dizzy hurricane twister typhoon weather
🌈	rainbow gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia nature pride queer rain trans transgender weather
🌂	closed umbrella clothing rain
☂️	umbrella clothing rain
☔️	umbrella with rain drops clothing drop weather
⛱️	umbrella on ground rain sun
⚡️	high voltage danger electric electricity lightning nature thunder thunderbolt zap
❄️	snowflake cold snow weather
☃️	snowman cold man snow
⛄️	snowman without snow cold man
☄️	comet space
🔥	fire af burn flame hot lit litaf tool
💧	droplet cold comic drop nature sad sweat tear water weather
🌊	water wave nature ocean surf surfer surfing`},{key:"activities",lines:`🎃	jack-o-lantern celebration halloween jack lantern pumpkin
🎄	christmas tree celebration
🎆	fireworks boom celebration entertainment yolo
🎇	sparkler boom celebration fireworks sparkle
🧨	firecracker dynamite explosive fire fireworks light pop popping spark
✨️	sparkles magic sparkle star
🎈	balloon birthday celebrate celebration
🎉	party popper awesome birthday celebrate celebration excited hooray tada woohoo
🎊	confetti ball celebrate celebration party woohoo
🎋	tanabata tree banner celebration japanese
🎍	pine decoration bamboo celebration japanese plant
🎎	japanese dolls celebration doll festival
🎏	carp streamer celebration
🎐	wind chime bell celebration
🎑	moon viewing ceremony celebration
🧧	red envelope gift good hóngbāo lai luck money see
🎀	ribbon celebration
🎁	wrapped gift birthday bow box celebration christmas present surprise
🎗️	reminder ribbon celebration
🎟️	admission tickets ticket
🎫	ticket admission stub
🎖️	military medal award celebration
🏆️	trophy champion champs prize slay sport victory win winning
🏅	sports medal award gold winner
🥇	1st place medal first gold
🥈	2nd place medal second silver
🥉	3rd place medal bronze third
⚽️	soccer ball football futbol sport
⚾️	baseball ball sport
🥎	softball ball glove sports underarm
🏀	basketball ball hoop sport
🏐	volleyball ball game
🏈	american football ball bowl sport super
🏉	rugby football ball sport
🎾	tennis ball racquet sport
🥏	flying disc ultimate
🎳	bowling ball game sport strike
🏏	cricket game ball bat
🏑	field hockey ball game stick
🏒	ice hockey game puck stick
🥍	lacrosse ball goal sports stick
🏓	ping pong ball bat game paddle pingpong table tennis
🏸	badminton birdie game racquet shuttlecock
🥊	boxing glove
🥋	martial arts uniform judo karate taekwondo
🥅	goal net
⛳️	flag in hole golf sport
⛸️	ice skate skating
🎣	fishing pole entertainment fish sport
🤿	diving mask scuba snorkeling
🎽	running shirt athletics sash
🎿	skis ski snow sport
🛷	sled luge sledge sleigh snow toboggan
🥌	curling stone game rock
🎯	bullseye bull dart direct entertainment game hit target
🪀	yo-yo fluctuate toy
🪁	kite fly soar
🔫	water pistol gun handgun revolver tool weapon
🎱	pool 8 ball 8ball billiard eight game
🔮	crystal ball fairy fairytale fantasy fortune future magic tale tool
🪄	magic wand magician witch wizard
🎮️	video game controller entertainment
🕹️	joystick game video videogame
🎰	slot machine casino gamble gambling game slots
🎲	game die dice entertainment
🧩	puzzle piece clue interlocking jigsaw
🧸	teddy bear plaything plush stuffed toy
🪅	piñata candy celebrate celebration cinco de festive mayo party pinada pinata
🪩	mirror ball dance disco glitter party
🪆	nesting dolls babooshka baboushka babushka doll matryoshka russia
♠️	spade suit card game
♥️	heart suit card emotion game hearts
♦️	diamond suit card game
♣️	club suit card clubs game
♟️	chess pawn dupe expendable
🃏	joker card game wildcard
🀄️	mahjong red dragon game
🎴	flower playing cards card game japanese
🎭️	performing arts actor actress art entertainment mask theater theatre thespian
🖼️	framed picture art frame museum painting
🎨	artist palette art artsy arty colorful creative entertainment museum painter painting
🧵	thread needle sewing spool string
🪡	sewing needle embroidery sew stitches sutures tailoring thread
🧶	yarn ball crochet knit
🪢	knot cord rope tangled tie twine twist`},{key:"objects",lines:`👓️	glasses clothing eye eyeglasses eyewear
🕶️	sunglasses dark eye eyewear glasses
🥽	goggles dive eye protection scuba swimming welding
🥼	lab coat clothes doctor dr experiment jacket scientist white
🦺	safety vest emergency
👔	necktie clothing employed serious shirt tie
👕	t-shirt blue casual clothes clothing collar dressed shirt shopping tshirt weekend
👖	jeans blue casual clothes clothing denim dressed pants shopping trousers weekend
🧣	scarf bundle cold neck up
🧤	gloves hand
🧥	coat brr bundle cold jacket up
🧦	socks stocking
👗	dress clothes clothing dressed fancy shopping
👘	kimono clothing comfortable
🥻	sari clothing dress
🩱	one-piece swimsuit bathing suit
🩲	briefs bathing one-piece suit swimsuit underwear
🩳	shorts bathing pants suit swimsuit underwear
👙	bikini bathing beach clothing pool suit swim
👚	woman s clothes blouse clothing collar dress dressed lady shirt shopping
🪭	folding hand fan clack clap cool cooling dance flirt flutter hot shy
👛	purse clothes clothing coin dress fancy handbag shopping
👜	handbag bag clothes clothing dress lady purse shopping
👝	clutch bag clothes clothing dress handbag pouch purse
🛍️	shopping bags bag hotel
🎒	backpack backpacking bag bookbag education rucksack satchel school
🩴	thong sandal beach flip flop sandals shoe thongs zōri
👞	man s shoe brown clothes clothing feet foot kick shoes shopping
👟	running shoe athletic clothes clothing fast kick shoes shopping sneaker tennis
🥾	hiking boot backpacking brown camping outdoors shoe
🥿	flat shoe ballet comfy flats slip-on slipper
👠	high-heeled shoe clothes clothing dress fashion heel heels shoes shopping stiletto woman
👡	woman s sandal clothing shoe
🩰	ballet shoes dance
👢	woman s boot clothes clothing dress shoe shoes shopping
🪮	hair pick afro comb groom
👑	crown clothing family king medieval queen royal royalty win
👒	woman s hat clothes clothing garden hats party
🎩	top hat clothes clothing fancy formal magic tophat
🎓️	graduation cap celebration clothing education hat scholar
🧢	billed cap baseball bent dad hat
🪖	military helmet army soldier war warrior
⛑️	rescue worker s helmet aid cross face hat
📿	prayer beads clothing necklace religion
💄	lipstick cosmetics date makeup
💍	ring diamond engaged engagement married romance shiny sparkling wedding
💎	gem stone diamond engagement jewel money romance wedding
🔇	muted speaker mute quiet silent sound
🔈️	speaker low volume soft sound
🔉	speaker medium volume sound
🔊	speaker high volume loud music sound
📢	loudspeaker address communication loud public sound
📣	megaphone cheering sound
📯	postal horn post
🔔	bell break church sound
🔕	bell with slash forbidden mute no not prohibited quiet silent sound
🎼	musical score music note
🎵	musical note music sound
🎶	musical notes music note sound
🎙️	studio microphone mic music
🎚️	level slider music
🎛️	control knobs music
🎤	microphone karaoke mic music sing sound
🎧️	headphone earbud sound
📻️	radio entertainment tbt video
🎷	saxophone instrument music sax
🎺	trumpet instrument music
🪗	accordion box concertina instrument music squeeze squeezebox
🎸	guitar instrument music strat
🎹	musical keyboard instrument music piano
🎻	violin instrument music
🪕	banjo music stringed
🥁	drum drumsticks music
🪘	long drum beat conga instrument rhythm
🪇	maracas cha dance instrument music party percussion rattle shake shaker
🪈	flute band fife flautist instrument marching music orchestra piccolo pipe recorder woodwind
📱	mobile phone cell communication telephone
📲	mobile phone with arrow build call cell communication receive telephone
☎️	telephone phone
📞	telephone receiver communication phone voip
📟️	pager communication
📠	fax machine communication
🔋	battery
🪫	low battery drained electronic energy power
🔌	electric plug electricity
💻️	laptop computer office pc personal
🖥️	desktop computer monitor
🖨️	printer computer
⌨️	keyboard computer
🖱️	computer mouse
🖲️	trackball computer
💽	computer disk minidisk optical
💾	floppy disk computer
💿️	optical disk blu-ray cd computer dvd
📀	dvd blu-ray cd computer disk optical
🧮	abacus calculation calculator
🎥	movie camera bollywood cinema film hollywood record
🎞️	film frames cinema movie
📽️	film projector cinema movie video
🎬️	clapper board action movie
📺️	television tv video
📷️	camera photo selfie snap tbt trip video
📸	camera with flash video
📹️	video camera camcorder tbt
📼	videocassette old school tape vcr vhs video
🔍️	magnifying glass tilted left lab left-pointing science search tool
🔎	magnifying glass tilted right contact lab right-pointing science search tool
🕯️	candle light
💡	light bulb comic electric idea
🔦	flashlight electric light tool torch
🏮	red paper lantern bar light restaurant
🪔	diya lamp light oil
📔	notebook with decorative cover book decorated education school writing
📕	closed book education
📖	open book education fantasy knowledge library novels reading
📗	green book education fantasy library reading
📘	blue book education fantasy library reading
📙	orange book education fantasy library reading
📚️	books book education fantasy knowledge library novels reading school study
📓	notebook
📒	ledger notebook
📃	page with curl document paper
📜	scroll paper
📄	page facing up document paper
📰	newspaper communication news paper
🗞️	rolled-up newspaper news paper rolled
📑	bookmark tabs mark marker
🔖	bookmark mark
🏷️	label tag
🪙	coin dollar euro gold metal money rich silver treasure
💰️	money bag bank bet billion cash cost dollar gold million moneybag paid paying pot rich win
💴	yen banknote bank bill currency money note
💵	dollar banknote bank bill currency money note
💶	euro banknote 100 bank bill currency money note rich
💷	pound banknote bank bill billion cash currency money note pounds
💸	money with wings bank banknote bill billion cash dollar fly million note pay
💳️	credit card bank cash charge money pay
🧾	receipt accounting bookkeeping evidence invoice proof
💹	chart increasing with yen bank currency graph growth market money rise trend upward
✉️	envelope e-mail email letter
📧	e-mail email letter mail
📨	incoming envelope delivering e-mail email letter mail receive sent
📩	envelope with arrow communication down e-mail email letter mail outgoing send sent
📤️	outbox tray box email letter mail sent
📥️	inbox tray box email letter mail receive zero
📦️	package box communication delivery parcel shipping
📫️	closed mailbox with raised flag communication mail postbox
📪️	closed mailbox with lowered flag mail postbox
📬️	open mailbox with raised flag mail postbox
📭️	open mailbox with lowered flag mail postbox
📮	postbox mail mailbox
🗳️	ballot box with
✏️	pencil
✒️	black nib pen
🖋️	fountain pen
🖊️	pen ballpoint
🖌️	paintbrush painting
🖍️	crayon
📝	memo communication media notes pencil
💼	briefcase office
📁	file folder
📂	open file folder
🗂️	card index dividers
📅	calendar date
📆	tear-off calendar
🗒️	spiral notepad note pad
🗓️	spiral calendar pad
📇	card index old rolodex school
📈	chart increasing data graph growth right trend up upward
📉	chart decreasing data down downward graph negative trend
📊	bar chart data graph
📋️	clipboard do list notes
📌	pushpin collage pin
📍	round pushpin location map pin
📎	paperclip
🖇️	linked paperclips link paperclip
📏	straight ruler angle edge math straightedge
📐	triangular ruler angle math rule set slide triangle
✂️	scissors cut cutting paper tool
🗃️	card file box
🗄️	file cabinet filing paper
🗑️	wastebasket can garbage trash waste
🔒️	locked closed lock private
🔓️	unlocked cracked lock open unlock
🔏	locked with pen ink lock nib privacy
🔐	locked with key bike closed lock secure
🔑	key keys lock major password unlock
🗝️	old key clue lock
🔨	hammer home improvement repairs tool
🪓	axe ax chop hatchet split wood
⛏️	pick hammer mining tool
⚒️	hammer and pick tool
🛠️	hammer and wrench spanner tool
🗡️	dagger knife weapon
⚔️	crossed swords weapon
💣️	bomb boom comic dangerous explosion hot
🪃	boomerang rebound repercussion weapon
🏹	bow and arrow archer archery sagittarius tool weapon zodiac
🛡️	shield weapon
🪚	carpentry saw carpenter cut lumber tool trim
🔧	wrench home improvement spanner tool
🪛	screwdriver flathead handy screw tool
🔩	nut and bolt home improvement tool
⚙️	gear cog cogwheel tool
🗜️	clamp compress tool vice
⚖️	balance scale justice libra scales tool weight zodiac
🦯	white cane accessibility blind probing
🔗	link links
⛓️	chains chain
🪝	hook catch crook curve ensnare point selling
🧰	toolbox box chest mechanic red tool
🧲	magnet attraction horseshoe magnetic negative positive shape u
🪜	ladder climb rung step
⚗️	alembic chemistry tool
🧪	test tube chemist chemistry experiment lab science
🧫	petri dish bacteria biologist biology culture lab
🧬	dna biologist evolution gene genetics life
🔬	microscope experiment lab science tool
🔭	telescope contact extraterrestrial science tool
📡	satellite antenna aliens contact dish science
💉	syringe doctor flu medicine needle shot sick tool vaccination
🩸	drop of blood bleed donation injury medicine menstruation
💊	pill doctor drugs medicated medicine pills sick vitamin
🩹	adhesive bandage
🩼	crutch aid cane disability help hurt injured mobility stick
🩺	stethoscope doctor heart medicine
🩻	x-ray bones doctor medical skeleton skull xray
🚪	door back closet front
🛗	elevator accessibility hoist lift
🪞	mirror makeup reflection reflector speculum
🪟	window air frame fresh opening transparent view
🛏️	bed hotel sleep
🛋️	couch and lamp hotel
🪑	chair seat sit
🚽	toilet bathroom
🪠	plunger cup force plumber poop suction toilet
🚿	shower water
🛁	bathtub bath
🪤	mouse trap bait cheese lure mousetrap snare
🪒	razor sharp shave
🧴	lotion bottle moisturizer shampoo sunscreen
🧷	safety pin diaper punk rock
🧹	broom cleaning sweeping witch
🧺	basket farming laundry picnic
🧻	roll of paper toilet towels
🪣	bucket cask pail vat
🧼	soap bar bathing clean cleaning lather soapdish
🫧	bubbles bubble burp clean floating pearl soap underwater
🪥	toothbrush bathroom brush clean dental hygiene teeth toiletry
🧽	sponge absorbing cleaning porous soak
🧯	fire extinguisher extinguish quench
🛒	shopping cart trolley
🚬	cigarette smoking
⚰️	coffin dead death vampire
🪦	headstone cemetery dead grave graveyard memorial rip tomb tombstone
⚱️	funeral urn ashes death
🧿	nazar amulet bead blue charm evil-eye talisman
🪬	hamsa amulet fatima fortune guide hand mary miriam palm protect protection
🗿	moai face moyai statue stoneface travel
🪧	placard card demonstration notice picket plaque protest sign
🪪	identification card credentials document id license security`},{key:"symbols",lines:`🏧	atm sign automated bank cash money teller
🚮	litter in bin sign litterbin
🚰	potable water drinking
♿️	wheelchair symbol access handicap
🚹️	men s room bathroom lavatory man restroom toilet wc
🚺️	women s room bathroom lavatory restroom toilet wc woman
🚻	restroom bathroom lavatory toilet wc
🚼️	baby symbol changing
🚾	water closet bathroom lavatory restroom toilet wc
🛂	passport control
🛃	customs packing
🛄	baggage claim arrived bags case checked journey packing plane ready travel trip
🛅	left luggage baggage case locker
⚠️	warning caution
🚸	children crossing child pedestrian traffic
⛔️	no entry do fail forbidden not pass prohibited traffic
🚫	prohibited entry forbidden no not smoke
🚳	no bicycles bicycle bike forbidden not prohibited
🚭️	no smoking forbidden not prohibited smoke
🚯	no littering forbidden litter not prohibited
🚱	non-potable water dry non-drinking prohibited
🚷	no pedestrians forbidden not pedestrian prohibited
📵	no mobile phones cell forbidden not phone prohibited telephone
🔞	no one under eighteen 18 age forbidden not prohibited restriction underage
☢️	radioactive sign
☣️	biohazard sign
⬆️	up arrow cardinal direction north
↗️	up-right arrow direction intercardinal northeast
➡️	right arrow cardinal direction east
↘️	down-right arrow direction intercardinal southeast
⬇️	down arrow cardinal direction south
↙️	down-left arrow direction intercardinal southwest
⬅️	left arrow cardinal direction west
↖️	up-left arrow direction intercardinal northwest
↕️	up-down arrow
↔️	left-right arrow
↩️	right arrow curving left
↪️	left arrow curving right
⤴️	right arrow curving up
⤵️	right arrow curving down
🔃	clockwise vertical arrows arrow refresh reload
🔄	counterclockwise arrows button again anticlockwise arrow deja refresh rewindershins vu
🔙	back arrow
🔚	end arrow
🔛	on arrow mark
🔜	soon arrow brb omw
🔝	top arrow homie up
🛐	place of worship pray religion
⚛️	atom symbol atheist
🕉️	om hindu religion
✡️	star of david jew jewish judaism religion
☸️	wheel of dharma buddhist religion
☯️	yin yang difficult lives religion tao taoist total yinyang
✝️	latin cross christ christian religion
☦️	orthodox cross christian religion
☪️	star and crescent islam muslim ramadan religion
☮️	peace symbol healing peaceful
🕎	menorah candelabrum candlestick hanukkah jewish judaism religion
🔯	dotted six-pointed star fortune jewish judaism
🪯	khanda deg fateh khalsa religion sikh sikhism tegh
♈️	aries horoscope ram zodiac
♉️	taurus bull horoscope ox zodiac
♊️	gemini horoscope twins zodiac
♋️	cancer crab horoscope zodiac
♌️	leo horoscope lion zodiac
♍️	virgo horoscope zodiac
♎️	libra balance horoscope justice scales zodiac
♏️	scorpio horoscope scorpion scorpius zodiac
♐️	sagittarius archer horoscope zodiac
♑️	capricorn goat horoscope zodiac
♒️	aquarius bearer horoscope water zodiac
♓️	pisces fish horoscope zodiac
⛎️	ophiuchus bearer serpent snake zodiac
🔀	shuffle tracks button arrow crossed
🔁	repeat button arrow clockwise
🔂	repeat single button arrow clockwise once
▶️	play button arrow right triangle
⏩️	fast-forward button arrow double fast forward
⏭️	next track button arrow scene triangle
⏯️	play or pause button arrow right triangle
◀️	reverse button arrow left triangle
⏪️	fast reverse button arrow double rewind
⏮️	last track button arrow previous scene triangle
🔼	upwards button arrow red up
⏫️	fast up button arrow double
🔽	downwards button arrow down red
⏬️	fast down button arrow double
⏸️	pause button bar double vertical
⏹️	stop button square
⏺️	record button circle
⏏️	eject button
🎦	cinema camera film movie
🔅	dim button brightness low
🔆	bright button brightness light
📶	antenna bars bar cell communication mobile phone signal telephone
🛜	wireless broadband computer connectivity hotspot internet network router smartphone wi-fi wifi wlan
📳	vibration mode cell communication mobile phone telephone
📴	mobile phone off cell telephone
♀️	female sign woman
♂️	male sign man
⚧️	transgender symbol
✖️	multiply cancel multiplication sign x
➕️	plus +
➖️	minus - heavy math sign
➗️	divide division heavy math sign
🟰	heavy equals sign answer equal equality math
♾️	infinity forever unbounded universal
‼️	double exclamation mark bangbang punctuation
⁉️	exclamation question mark interrobang punctuation
❓️	red question mark punctuation
❔️	white question mark outlined punctuation
❕️	white exclamation mark outlined punctuation
❗️	red exclamation mark punctuation
〰️	wavy dash punctuation
💱	currency exchange bank money
💲	heavy dollar sign billion cash charge currency million money pay
⚕️	medical symbol aesculapius medicine staff
♻️	recycling symbol recycle
⚜️	fleur-de-lis knights
🔱	trident emblem anchor poseidon ship tool
📛	name badge
🔰	japanese symbol for beginner chevron green leaf tool yellow
⭕️	hollow red circle heavy large o
✅️	check mark button checked checkmark complete completed done fixed tick
☑️	check box with ballot checked done off tick
✔️	check mark checked checkmark done heavy tick
❌️	cross mark cancel multiplication multiply x
❎️	cross mark button multiplication multiply square x
➰️	curly loop curl
➿️	double curly loop curl
〽️	part alternation mark
✳️	eight-spoked asterisk
✴️	eight-pointed star
❇️	sparkle
©️	copyright c
®️	registered r
™️	trade mark tm trademark
#️⃣	keycap
*️⃣	keycap
0️⃣	keycap 0 zero
1️⃣	keycap 1 one
2️⃣	keycap 2 two
3️⃣	keycap 3 three
4️⃣	keycap 4 four
5️⃣	keycap 5 five
6️⃣	keycap 6 six
7️⃣	keycap 7 seven
8️⃣	keycap 8 eight
9️⃣	keycap 9 nine
🔟	keycap 10
🔠	input latin uppercase abcd letters
🔡	input latin lowercase abcd letters
🔢	input numbers 1234
🔣	input symbols
🔤	input latin letters abc alphabet
🅰️	a button blood type
🆎	ab button blood type
🅱️	b button blood type
🆑	cl button
🆒	cool button
🆓	free button
ℹ️	information i
🆔	id button identity
Ⓜ️	circled m circle
🆕	new button
🆖	ng button
🅾️	o button blood type
🆗	ok button okay
🅿️	p button parking
🆘	sos button help
🆙	up button mark
🆚	vs button versus
🈁	japanese here button katakana
🈂️	japanese service charge button katakana
🈷️	japanese monthly amount button ideograph
🈶	japanese not free of charge button ideograph
🈯️	japanese reserved button ideograph
🉐	japanese bargain button ideograph
🈹	japanese discount button ideograph
🈚️	japanese free of charge button ideograph
🈲	japanese prohibited button ideograph
🉑	japanese acceptable button ideograph
🈸	japanese application button ideograph
🈴	japanese passing grade button ideograph
🈳	japanese vacancy button ideograph
㊗️	japanese congratulations button ideograph
㊙️	japanese secret button ideograph
🈺	japanese open for business button ideograph
🈵	japanese no vacancy button ideograph
🔴	red circle geometric
🟠	orange circle
🟡	yellow circle
🟢	green circle
🔵	blue circle geometric
🟣	purple circle
🟤	brown circle
⚫️	black circle geometric
⚪️	white circle geometric
🟥	red square card penalty
🟧	orange square
🟨	yellow square card penalty
🟩	green square
🟦	blue square
🟪	purple square
🟫	brown square
⬛️	black large square geometric
⬜️	white large square geometric
◼️	black medium square geometric
◻️	white medium square geometric
◾️	black medium-small square geometric
◽️	white medium-small square geometric
▪️	black small square geometric
▫️	white small square geometric
🔶	large orange diamond geometric
🔷	large blue diamond geometric
🔸	small orange diamond geometric
🔹	small blue diamond geometric
🔺	red triangle pointed up geometric
🔻	red triangle pointed down geometric
💠	diamond with a dot comic geometric
🔘	radio button geometric
🔳	white square button geometric outlined
🔲	black square button geometric`},{key:"flags",lines:`🏁	chequered flag checkered finish flags game race racing sport win
🚩	triangular flag construction golf post
🎌	crossed flags celebration cross japanese
🏴	black flag waving
🏳️	white flag waving
🏳️‍🌈	rainbow flag bisexual gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia pride queer trans transgender
🏳️‍⚧️	transgender flag blue light pink white
🏴‍☠️	pirate flag jolly plunder roger treasure
🇦🇨	flag ascension island ac
🇦🇩	flag andorra ad
🇦🇪	flag united arab emirates ae
🇦🇫	flag afghanistan af
🇦🇬	flag antigua barbuda ag
🇦🇮	flag anguilla ai
🇦🇱	flag albania al
🇦🇲	flag armenia am
🇦🇴	flag angola ao
🇦🇶	flag antarctica aq
🇦🇷	flag argentina ar
🇦🇸	flag american samoa as
🇦🇹	flag austria at
🇦🇺	flag australia au
🇦🇼	flag aruba aw
🇦🇽	flag åland islands ax
🇦🇿	flag azerbaijan az
🇧🇦	flag bosnia herzegovina ba
🇧🇧	flag barbados bb
🇧🇩	flag bangladesh bd
🇧🇪	flag belgium be
🇧🇫	flag burkina faso bf
🇧🇬	flag bulgaria bg
🇧🇭	flag bahrain bh
🇧🇮	flag burundi bi
🇧🇯	flag benin bj
🇧🇱	flag st barthélemy bl
🇧🇲	flag bermuda bm
🇧🇳	flag brunei bn
🇧🇴	flag bolivia bo
🇧🇶	flag caribbean netherlands bq
🇧🇷	flag brazil br
🇧🇸	flag bahamas bs
🇧🇹	flag bhutan bt
🇧🇻	flag bouvet island bv
🇧🇼	flag botswana bw
🇧🇾	flag belarus by
🇧🇿	flag belize bz
🇨🇦	flag canada ca
🇨🇨	flag cocos keeling islands cc
🇨🇩	flag congo - kinshasa cd
🇨🇫	flag central african republic cf
🇨🇬	flag congo - brazzaville cg
🇨🇭	flag switzerland ch
🇨🇮	flag côte d ivoire ci
🇨🇰	flag cook islands ck
🇨🇱	flag chile cl
🇨🇲	flag cameroon cm
🇨🇳	flag china cn
🇨🇴	flag colombia co
🇨🇵	flag clipperton island cp
🇨🇷	flag costa rica cr
🇨🇺	flag cuba cu
🇨🇻	flag cape verde cv
🇨🇼	flag curaçao cw
🇨🇽	flag christmas island cx
🇨🇾	flag cyprus cy
🇨🇿	flag czechia cz
🇩🇪	flag germany de
🇩🇬	flag diego garcia dg
🇩🇯	flag djibouti dj
🇩🇰	flag denmark dk
🇩🇲	flag dominica dm
🇩🇴	flag dominican republic do
🇩🇿	flag algeria dz
🇪🇦	flag ceuta melilla ea
🇪🇨	flag ecuador ec
🇪🇪	flag estonia ee
🇪🇬	flag egypt eg
🇪🇭	flag western sahara eh
🇪🇷	flag eritrea er
🇪🇸	flag spain es
🇪🇹	flag ethiopia et
🇪🇺	flag european union eu
🇫🇮	flag finland fi
🇫🇯	flag fiji fj
🇫🇰	flag falkland islands fk
🇫🇲	flag micronesia fm
🇫🇴	flag faroe islands fo
🇫🇷	flag france fr
🇬🇦	flag gabon ga
🇬🇧	flag united kingdom gb
🇬🇩	flag grenada gd
🇬🇪	flag georgia ge
🇬🇫	flag french guiana gf
🇬🇬	flag guernsey gg
🇬🇭	flag ghana gh
🇬🇮	flag gibraltar gi
🇬🇱	flag greenland gl
🇬🇲	flag gambia gm
🇬🇳	flag guinea gn
🇬🇵	flag guadeloupe gp
🇬🇶	flag equatorial guinea gq
🇬🇷	flag greece gr
🇬🇸	flag south georgia sandwich islands gs
🇬🇹	flag guatemala gt
🇬🇺	flag guam gu
🇬🇼	flag guinea-bissau gw
🇬🇾	flag guyana gy
🇭🇰	flag hong kong sar china hk
🇭🇲	flag heard mcdonald islands hm
🇭🇳	flag honduras hn
🇭🇷	flag croatia hr
🇭🇹	flag haiti ht
🇭🇺	flag hungary hu
🇮🇨	flag canary islands ic
🇮🇩	flag indonesia id
🇮🇪	flag ireland ie
🇮🇱	flag israel il
🇮🇲	flag isle of man im
🇮🇳	flag india in
🇮🇴	flag british indian ocean territory io
🇮🇶	flag iraq iq
🇮🇷	flag iran ir
🇮🇸	flag iceland is
🇮🇹	flag italy it
🇯🇪	flag jersey je
🇯🇲	flag jamaica jm
🇯🇴	flag jordan jo
🇯🇵	flag japan jp
🇰🇪	flag kenya ke
🇰🇬	flag kyrgyzstan kg
🇰🇭	flag cambodia kh
🇰🇮	flag kiribati ki
🇰🇲	flag comoros km
🇰🇳	flag st kitts nevis kn
🇰🇵	flag north korea kp
🇰🇷	flag south korea kr
🇰🇼	flag kuwait kw
🇰🇾	flag cayman islands ky
🇰🇿	flag kazakhstan kz
🇱🇦	flag laos la
🇱🇧	flag lebanon lb
🇱🇨	flag st lucia lc
🇱🇮	flag liechtenstein li
🇱🇰	flag sri lanka lk
🇱🇷	flag liberia lr
🇱🇸	flag lesotho ls
🇱🇹	flag lithuania lt
🇱🇺	flag luxembourg lu
🇱🇻	flag latvia lv
🇱🇾	flag libya ly
🇲🇦	flag morocco ma
🇲🇨	flag monaco mc
🇲🇩	flag moldova md
🇲🇪	flag montenegro me
🇲🇫	flag st martin mf
🇲🇬	flag madagascar mg
🇲🇭	flag marshall islands mh
🇲🇰	flag north macedonia mk
🇲🇱	flag mali ml
🇲🇲	flag myanmar burma mm
🇲🇳	flag mongolia mn
🇲🇴	flag macao sar china mo
🇲🇵	flag northern mariana islands mp
🇲🇶	flag martinique mq
🇲🇷	flag mauritania mr
🇲🇸	flag montserrat ms
🇲🇹	flag malta mt
🇲🇺	flag mauritius mu
🇲🇻	flag maldives mv
🇲🇼	flag malawi mw
🇲🇽	flag mexico mx
🇲🇾	flag malaysia my
🇲🇿	flag mozambique mz
🇳🇦	flag namibia na
🇳🇨	flag new caledonia nc
🇳🇪	flag niger ne
🇳🇫	flag norfolk island nf
🇳🇬	flag nigeria ng
🇳🇮	flag nicaragua ni
🇳🇱	flag netherlands nl
🇳🇴	flag norway no
🇳🇵	flag nepal np
🇳🇷	flag nauru nr
🇳🇺	flag niue nu
🇳🇿	flag new zealand nz
🇴🇲	flag oman om
🇵🇦	flag panama pa
🇵🇪	flag peru pe
🇵🇫	flag french polynesia pf
🇵🇬	flag papua new guinea pg
🇵🇭	flag philippines ph
🇵🇰	flag pakistan pk
🇵🇱	flag poland pl
🇵🇲	flag st pierre miquelon pm
🇵🇳	flag pitcairn islands pn
🇵🇷	flag puerto rico pr
🇵🇸	flag palestinian territories ps
🇵🇹	flag portugal pt
🇵🇼	flag palau pw
🇵🇾	flag paraguay py
🇶🇦	flag qatar qa
🇷🇪	flag réunion re
🇷🇴	flag romania ro
🇷🇸	flag serbia rs
🇷🇺	flag russia ru
🇷🇼	flag rwanda rw
🇸🇦	flag saudi arabia sa
🇸🇧	flag solomon islands sb
🇸🇨	flag seychelles sc
🇸🇩	flag sudan sd
🇸🇪	flag sweden se
🇸🇬	flag singapore sg
🇸🇭	flag st helena sh
🇸🇮	flag slovenia si
🇸🇯	flag svalbard jan mayen sj
🇸🇰	flag slovakia sk
🇸🇱	flag sierra leone sl
🇸🇲	flag san marino sm
🇸🇳	flag senegal sn
🇸🇴	flag somalia so
🇸🇷	flag suriname sr
🇸🇸	flag south sudan ss
🇸🇹	flag são tomé príncipe st
🇸🇻	flag el salvador sv
🇸🇽	flag sint maarten sx
🇸🇾	flag syria sy
🇸🇿	flag eswatini sz
🇹🇦	flag tristan da cunha ta
🇹🇨	flag turks caicos islands tc
🇹🇩	flag chad td
🇹🇫	flag french southern territories tf
🇹🇬	flag togo tg
🇹🇭	flag thailand th
🇹🇯	flag tajikistan tj
🇹🇰	flag tokelau tk
🇹🇱	flag timor-leste tl
🇹🇲	flag turkmenistan tm
🇹🇳	flag tunisia tn
🇹🇴	flag tonga to
🇹🇷	flag türkiye tr
🇹🇹	flag trinidad tobago tt
🇹🇻	flag tuvalu tv
🇹🇼	flag taiwan tw
🇹🇿	flag tanzania tz
🇺🇦	flag ukraine ua
🇺🇬	flag uganda ug
🇺🇲	flag u s outlying islands um
🇺🇳	flag united nations un
🇺🇸	flag united states us
🇺🇾	flag uruguay uy
🇺🇿	flag uzbekistan uz
🇻🇦	flag vatican city va
🇻🇨	flag st vincent grenadines vc
🇻🇪	flag venezuela ve
🇻🇬	flag british virgin islands vg
🇻🇮	flag u s virgin islands vi
🇻🇳	flag vietnam vn
🇻🇺	flag vanuatu vu
🇼🇫	flag wallis futuna wf
🇼🇸	flag samoa ws
🇽🇰	flag kosovo xk
🇾🇪	flag yemen ye
🇾🇹	flag mayotte yt
🇿🇦	flag south africa za
🇿🇲	flag zambia zm
🇿🇼	flag zimbabwe zw
🏴󠁧󠁢󠁥󠁮󠁧󠁿	flag england gbeng
🏴󠁧󠁢󠁳󠁣󠁴󠁿	flag scotland gbsct
🏴󠁧󠁢󠁷󠁬󠁳󠁿	flag wales gbwls`}];var Xc=80,qo;function Fo(){let t=e=>{let[n="",i=""]=e.split("	");return{emoji:n,words:i}};return qo??=new Map(Oi.map(({key:e,lines:n})=>[e,n.split(`
`).map(t)])),qo}function eu(t){let e=t.toLowerCase().split(/\s+/).filter(Boolean),n=({words:i})=>e.every(r=>i.startsWith(r)||i.includes(` ${r}`));return[...Fo().values()].flat().filter(n).slice(0,Xc)}function Rn(t){let e=Fo(),n=new Map([...e.values()].flat().map(({emoji:T,words:k})=>[T,k])),i=T=>{Ue.add(T),M.close(),t(T)},r=c("div.emoji-grid",{onclick:T=>o(T.target)}),o=T=>{let k=T.closest("[data-pick]")?.dataset.pick;k&&i(k)},a=(T,k="")=>c("button.emoji",{type:"button","data-pick":T,"aria-label":k?`${T} ${k.split(" ").slice(0,4).join(" ")}`:T,title:k},T),s=T=>{let k=T==="recent"?Ue.get().map(L=>({emoji:L,words:n.get(L)??""})):e.get(T)??[];r.replaceChildren(...k.map(({emoji:L,words:S})=>a(L,S))),r.scrollTop=0;for(let L of v.children)L.setAttribute("aria-pressed",String(L.dataset.group===T))},d=()=>{if(!u.value.trim())return s(p);let T=eu(u.value);r.replaceChildren(...T.map(({emoji:k,words:L})=>a(k,L))),T.length===0&&r.append(c("p.empty",{},l.nothingFound))},m=T=>{let k=r.querySelector("[data-pick]")?.dataset.pick;T.key!=="Enter"||!k||(T.preventDefault(),i(k))},u=c("input",{type:"search",placeholder:l.searchEmoji,"aria-label":l.searchEmoji,oninput:d,onkeydown:m}),p=Ue.get().length?"recent":"smileys",f=[...Ue.get().length?["recent"]:[],...Oi.map(({key:T})=>T)],h=T=>T==="recent"?"🕘":e.get(T)[0].emoji,v=c("div.emoji-groups",{role:"group","aria-label":l.emojiGroups.title},...f.map(T=>c("button.emoji",{type:"button","data-group":T,title:l.emojiGroups[T],"aria-label":l.emojiGroups[T],"aria-pressed":"false",onclick:()=>s(T)},h(T)))),M=J(l.chooseEmoji,u,v,r);M.classList.add("emoji-picker"),s(p),u.focus()}function Ho(t){let e=V(l.fileAddress,{type:"url",required:!0,placeholder:"https://…",pattern:"https?://.+",dir:"ltr"}),n=V(l.nameOptional,{maxlength:80}),i=o=>{o.preventDefault();let a=e.input.value,s=new URL(a).pathname.split("/").pop();r.close(),t({url:a,name:n.input.value.trim()||s||a,size:0,mimeType:"application/octet-stream"})},r=J(l.attachLink,c("form",{onsubmit:i},e.element,n.element,c("button.primary",{type:"submit"},l.attach)));e.input.focus()}var tu=6,nu=/(?:^|\s)@([\w.-]*)$/,Nn=class{element=c("ul.options.completion",{role:"listbox",id:"mentions","aria-label":l.membersHeading,hidden:!0});#e;#t;#n=[];#i=0;constructor(e,n){this.#e=e,this.#t=n,e.setAttribute("aria-controls","mentions"),e.setAttribute("aria-autocomplete","list")}hide(){this.element.hidden=!0,this.#n=[],this.#e.removeAttribute("aria-activedescendant")}update(){let e=this.#o()?.toLowerCase(),n=this.#t()?.room.members;if(e===void 0||!n)return this.hide();let i=({username:r,displayName:o})=>r.toLowerCase().startsWith(e)||o.toLowerCase().startsWith(e);this.#n=[...n.values()].map(({user:r})=>r).filter(i).slice(0,tu),this.#i=0,this.#r()}key(e){if(this.#n.length===0)return!1;let n={ArrowDown:1,ArrowUp:-1}[e.key];if(n)this.#i=(this.#i+n+this.#n.length)%this.#n.length;else if(e.key==="Enter"||e.key==="Tab")this.#a(this.#n[this.#i]);else if(e.key==="Escape")this.hide();else return!1;return e.preventDefault(),n&&this.#r(),!0}#o=()=>this.#e.value.slice(0,this.#e.selectionStart).match(nu)?.[1];#a(e){let n=this.#e.selectionStart;this.#e.setRangeText(`${e.username} `,n-(this.#o()?.length??0),n,"end"),this.hide(),this.#e.focus(),this.#e.dispatchEvent(new Event("input"))}#r(){this.element.hidden=this.#n.length===0,this.element.replaceChildren(...this.#n.map((e,n)=>this.#l(e,n))),this.#n.length?this.#e.setAttribute("aria-activedescendant",`mention-${this.#i}`):this.#e.removeAttribute("aria-activedescendant")}#l(e,n){let i=r=>{r.preventDefault(),this.#a(e)};return c("li",{role:"option",id:`mention-${n}`,"aria-selected":String(n===this.#i),onmousedown:i},ke(e,e.status),c("span.lines",{},F(e.displayName),c("small",{},F(`@${e.username}`))))}};var iu=4e3,ru=220,Bo=.9,Dn=class{element;onEditLast=()=>{};onSent=()=>{};#e;#t;#n=c("div.about",{hidden:!0});#i=c("p.counter",{hidden:!0,role:"status"});#o=c("button.icon.send",{type:"submit",title:l.send,"aria-label":l.send},K("send"));#a;#r;#l;#s;#c;#u=[];#d=0;#m=0;constructor(e){this.#e=e,this.#t=c("textarea",{rows:"1",placeholder:l.message,"aria-label":l.message,enterkeyhint:"send",autocomplete:"off",dir:"auto",oninput:()=>this.#w(),onkeydown:i=>this.#v(i)}),this.#r=new Nn(this.#t,()=>this.#l),this.#a=[Z("clip",l.attachLink,()=>this.#E()),Z("smile",l.insertEmoji,()=>Rn(i=>this.#x(i)))];let n=i=>{i.preventDefault(),this.#S()};this.element=c("form.composer",{onsubmit:n},this.#n,this.#r.element,c("div.line",{},...this.#a,this.#t,this.#o),this.#i),new ResizeObserver(()=>this.#t.clientWidth!==this.#m&&this.#f()).observe(this.#t)}open(e){this.#y(),this.#l=e,this.#h(e?dt.get(e.id):"")}draw(e){let n=!e.object.active;this.#t.disabled=n;for(let i of this.#a)i.disabled=n;this.#t.placeholder=n?l.chatIsArchived:l.messageTo(D(te(e))),this.#p()}focus(){this.#t.focus()}reply(e){this.#c&&this.#h(""),this.#s=e,this.#b(),this.focus()}edit(e){this.#y(),this.#h(e.content),this.#c=e,this.#b(),this.focus()}restore(e){let n=this.#c?"":this.#t.value;this.#h(n?`${e}
${n}`:e),this.#y(),this.focus()}#h(e){this.#t.value=e,this.#s=this.#c=void 0,this.#u=[],this.#d=0,this.#b(),this.#r.hide(),this.#f(),this.#p()}#g(){this.#h(this.#c&&this.#l?dt.get(this.#l.id):this.#t.value),this.focus()}#b(){let e=this.#c??this.#s,n=this.#c?l.editingMessage:l.replyingTo(D(e?.sender.displayName??"")),i=this.#u.map(({name:r})=>c("span.attached",{},K("clip"),F(r)));this.#n.hidden=!e&&i.length===0,this.#n.replaceChildren(c("span.lines",{},e&&c("strong",{},Q(n)),e&&c("small",{},F(de(e))),...i),Z("close",l.cancel,()=>this.#g()))}#f(){this.#m=this.#t.clientWidth,this.#t.style.height="",this.#m>0&&this.#t.value&&(this.#t.style.height=`${Math.min(this.#t.scrollHeight,ru)}px`)}#p(){let e=yo(this.#e.client),n=this.#t.value.length<e*Bo?0:cr(this.#t.value.trim()),i=n-e;this.#i.hidden=n<e*Bo,this.#i.classList.toggle("over",i>0),this.#i.textContent=i>0?l.tooLong(i):l.characters(Te(n),Te(e)),this.#o.disabled=this.#t.disabled||i>0}#y(){this.#l&&!this.#c&&dt.set(this.#l.id,this.#t.value)}#w(){this.#f(),this.#p(),this.#r.update(),this.#y(),!(this.#c||Date.now()-this.#d<iu)&&(this.#d=Date.now(),this.#l?.typing(this.#t.value.trim()!==""))}#x(e){this.#t.setRangeText(e,this.#t.selectionStart,this.#t.selectionEnd,"end"),this.#w(),this.focus()}#v(e){e.isComposing||this.#r.key(e)||(e.key==="Enter"&&!e.shiftKey?(e.preventDefault(),this.#S()):e.key==="Escape"&&(this.#c||this.#s)?this.#g():e.key==="ArrowUp"&&this.#t.value===""&&(e.preventDefault(),this.onEditLast()))}#S(){let e=this.#t.value.trim(),n=this.#l;if(this.#p(),!n||e===""||this.#o.disabled)return;if(this.#c)return void this.#k(n,this.#c,e);let i={content:e};this.#s&&(i.replyTo=this.#s.id),this.#u.length&&(i.attachments=this.#u),this.#h(""),this.#y(),n.send(i).catch(()=>{}),this.onSent()}async#k(e,n,i){this.#h(dt.get(e.id)),!(i===n.content||await O(e.edit(n.id,i)))&&(this.#l!==e||this.#t.value!==dt.get(e.id)||(this.edit(n),this.#t.value=i,this.#w()))}#E(){Ho(e=>{this.#u.push(e),this.#b(),this.focus()})}};var Pn=class{element=c("div.preview");#e;#t;#n="";#i;#o=0;constructor(e,n){this.#e=e,this.#t=n}open(e){if(e===this.#n&&this.#i)return this.draw();this.#n=e,this.#i=void 0,this.draw(),e&&this.#a(e)}draw(){this.element.replaceChildren(...this.#l())}async#a(e){let n=++this.#o,i=await this.#r(e).catch(o=>o);if(n!==this.#o)return;this.#i=i,!(i instanceof Error)&&this.#e.client.state.rooms.has(i.id)?this.#e.open(i.id):this.draw()}async#r(e){let{client:n}=this.#e,i=async r=>(await n.command({type:"GET_CHAT",chatId:r})).chat;try{return await i(e)}catch(r){if(!(r instanceof le&&(r.code==="NOT_FOUND"||r.code==="INVALID_ARGUMENT"))||e.startsWith("#"))throw r;return i(`#${e}`)}}#l(){if(!this.#n){let n=B(l.startAChat,()=>Bt(this.#e),"primary");return[c("div.hero",{},K("mail"),c("h2",{},l.chooseAChat),c("p",{},l.chooseAChatHint),n)]}let e=Z("back",l.backToChats,this.#t);return e.classList.add("back"),this.#i?[e,this.#i instanceof Error?ou(this.#i,this.#t):this.#s(this.#i)]:[e,c("p.hero",{"aria-busy":"true"},l.loading)]}#s(e){let n=async()=>{let i=await O(this.#e.client.join(e.id));i&&this.#e.open(i.id)};return c("div.hero",{},K("hash"),c("h2",{dir:"auto"},F(`#${e.name}`)),e.description&&c("p",{dir:"auto"},e.description),c("p",{},l.members(e.memberCount)),c("p",{},Q(l.notAMember(D(`#${e.name}`)))),B(l.joinChannel,()=>{n()},"primary"))}};function ou(t,e){let n=t instanceof le&&(t.code==="NOT_FOUND"||t.code==="INVALID_ARGUMENT");return c("div.hero",{role:"alert"},K("search"),c("h2",{},n?l.chatNotFound:l.cannotOpenChat),c("p",{},n?l.chatNotFoundHint:ce(t)),B(l.backToChats,e))}function Ut(t,e){O(t.client.command({type:"GET_USER",userId:e}).then(({user:n})=>au(t,n)))}function Uo(t,e,n){let i=[...e.room.members?.values()??[]].find(({user:r})=>r.username.toLowerCase()===n.toLowerCase());i&&Ut(t,i.user.id)}async function zi(t,e){let n=await O(t.client.direct(e));return n&&t.open(n.id),n!==void 0}function au(t,e){let n=[[l.profile.status,l.status[e.status]],e.lastSeenAt&&e.status==="offline"&&[l.profile.lastSeen,Ne(e.lastSeenAt)],[l.profile.role,l.serverRoles[e.role]],[l.profile.since,Ne(e.createdAt)]].filter(s=>!!s),i=async()=>await zi(t,e.id)&&a.close(),r=e.id===t.client.me.id,o=c("div.profile",{},ke(e,e.status),c("div.lines",{},c("strong",{},F(e.displayName)),c("small",{},F(`@${e.username}`),e.kind==="bot"&&c("span.bot",{},l.bot)))),a=J(l.profile.title,o,c("dl",{},...n.flatMap(([s,d])=>[c("dt",{},s),c("dd",{},d)])),!r&&c("footer",{},B(l.profile.write,()=>{i()},"primary")))}var $o={owner:0,admin:1,member:2};function Wo(t,e,n,i){let r=c("ul.results",{"aria-label":l.membersHeading}),o=async()=>{let s=await O(e.members());s&&r.replaceChildren(...[...s.values()].sort(su).map(d=>lu(t,e,d,n,i)))},a=t.client.on("change",s=>s.has(e.id)&&t.client.state.rooms.has(e.id)&&void o());return o(),{element:r,stop:a}}var su=(t,e)=>$o[t.role]-$o[e.role]||Co(t.user.displayName,e.user.displayName);function lu(t,e,{user:n,role:i},r,o){let a=D(n.displayName),s=n.id===t.client.me.id,d=async()=>await zi(t,n.id)&&o();return c("li.member",{},c("button.person",{type:"button",onclick:()=>Ut(t,n.id)},ke(n,n.status),c("span.lines",{},c("strong",{},F(n.displayName)),c("small",{},F(`@${n.username}`)))),i!=="member"&&c("span.chip",{},l.roles[i]),!s&&e.object.kind!=="direct"&&Z("mail",l.writeTo(a),()=>{d()}),r&&!s&&e.object.myRole==="owner"&&Z("user",i==="member"?l.makeAdmin(a):l.makeMember(a),()=>cu(t,e,n.id,i==="member"?"admin":"member")),r&&!s&&Z("close",l.removeMember(a),()=>{uu(t,e,n.id,a)}))}function cu(t,e,n,i){O(t.client.command({type:"UPDATE_MEMBER",chatId:e.id,userId:n,role:i}))}async function uu(t,e,n,i){await Se({title:l.removeMemberTitle,text:l.removeMemberText(i,D(te(e))),action:l.remove})&&await O(t.client.command({type:"REMOVE_MEMBERS",chatId:e.id,userIds:[n]}))}function Go(t,e){let{kind:n,myRole:i}=e.object,r=n!=="direct"&&(i==="owner"||i==="admin"),o=()=>d.close(),{element:a,stop:s}=Wo(t,e,r,o),d=J(D(te(e)),e.object.description&&!r&&c("p",{dir:"auto"},e.object.description),hu(t,e,o),c("h3",{},l.membersHeading),a,r&&mu(t,e),r&&du(t,e),pu(t,e,o));d.addEventListener("close",s)}function du(t,e){let n=V(l.name,{value:e.object.name,required:!0,maxlength:80}),i=V(l.description,{value:e.object.description??"",maxlength:500}),r=async o=>{o.preventDefault();let a={name:n.input.value.trim(),description:i.input.value.trim()};await O(t.client.command({type:"UPDATE_CHAT",chatId:e.id,...a}))&&ae(l.saved)};return c("details",{},c("summary",{},l.editChat),c("form",{onsubmit:r},n.element,i.element,c("button",{type:"submit"},l.save)))}function mu(t,e){let n=Ht(t,l.addMembers,{several:!0});return c("form.inline",{onsubmit:async r=>{r.preventDefault();let o=n.names();o.length&&await O(t.client.command({type:"ADD_MEMBERS",chatId:e.id,members:o}))&&n.clear()}},n.element,c("button",{type:"submit"},l.add))}function hu(t,e,n){let{pinned:i}=e.object;if(i.length===0)return!1;let r=o=>{let a=e.message(o),s=a?l.says(D(a.sender.displayName),D(de(a))):l.earlierMessage;return c("li",{},c("button.hit.pin",{type:"button",onclick:()=>{n(),t.showMessage({chatId:e.id,id:o})}},K("pin"),c("span",{},Q(s))))};return c("div",{},c("h3",{},l.pinnedMessages),c("ul.results",{"aria-label":l.pinnedMessages},...i.map(r)))}function pu(t,e,n){let{kind:i,myRole:r,muted:o}=e.object,{client:a}=t,s=async()=>await O(a.command({type:"MUTE_CHAT",chatId:e.id,...o?{until:null}:{}}))&&n(),d=async()=>{await Se({title:l.leaveTitle,text:l.leaveText(D(te(e))),action:l.leave})&&await O(e.leave())&&n()},m=async()=>{await Se({title:l.deleteChatTitle,text:l.deleteChatText(D(te(e))),action:l.deleteChat})&&await O(a.command({type:"DELETE_CHAT",chatId:e.id}))&&n()},u=i==="direct"||r==="owner";return c("footer",{},B(o?l.unmute:l.mute,()=>{s()}),i!=="direct"&&B(l.leave,()=>{d()},"danger"),u&&B(l.deleteChat,()=>{m()},"danger"))}var On=class{element=c("header.heading");#e;#t;#n="";constructor(e,n){this.#e=e,this.#t=n}draw(e){let i=[fu(e),e.object.active?"":l.archived,e.object.description?D(e.object.description):""].filter(Boolean).join(" · "),r=JSON.stringify([e.id,te(e),i,e.object.peer?.status]);if(this.#n===r)return;this.#n=r;let o=Z("back",l.backToChats,this.#t);o.classList.add("back");let a=c("button.title",{type:"button",title:l.aboutThisChat,onclick:()=>Go(this.#e,e)},yt(e),c("span.lines",{},c("strong",{},F(te(e))),c("small",{},Q(i)))),s=Z("search",l.searchInThisChat,()=>In(this.#e,e));this.element.replaceChildren(o,c("h1",{},a),s)}};function fu(t){let{kind:e,peer:n,memberCount:i}=t.object;return e!=="direct"?l.members(i):n?n.status==="offline"&&n.lastSeenAt?l.lastSeen(wt(n.lastSeenAt)):l.status[n.status]:""}var gu=t=>{try{return decodeURIComponent(t)}catch{return t}};function bu(t){let[e="",n]=t.slice(1).split("/").map(gu);return{chatId:e,messageId:n||void 0}}var Vo=({chatId:t,messageId:e})=>t?`#${[t,e].filter(n=>n!==void 0).map(encodeURIComponent).join("/")}`:"",Yo=t=>`${location.origin}${location.pathname}${Vo(t)}`,zn=class{#e;constructor(e){this.#e=e,window.addEventListener("popstate",()=>e(this.route))}get route(){return bu(location.hash)}go(e,{replace:n=!1}={}){let i=this.route;if(i.chatId!==e.chatId||i.messageId!==e.messageId){let r=location.pathname+Vo(e);n?history.replaceState(history.state,"",r):history.pushState({fromList:i.chatId===""},"",r)}this.#e(e)}toList(){history.state?.fromList?history.back():this.go({chatId:""},{replace:!0})}};var Ko=["👍","❤️","😂"],_n=class{#e;#t;#n=c("div.toolbar",{role:"toolbar","aria-label":l.messageActions});#i;constructor(e,n){this.#e=e,this.#t=n}hide(){this.#n.remove(),this.#i=void 0}showToolbar(e,n){if(this.#i===n&&this.#n.parentElement===e)return;this.#i=n;let i=Ko.map(o=>Z(o,l.reactWith(o),()=>this.react(n,o))),r=this.#o(n).map(o=>Z(o.icon,o.label,o.run));this.#n.replaceChildren(...i,...r),e.append(this.#n)}showSheet(e){let n=a=>()=>{o.close(),a()},i=[...Ko,"🎉","👀"].map(a=>Z(a,l.reactWith(a),n(()=>this.react(e,a)))),r=this.#o(e).map(({icon:a,label:s,danger:d,run:m})=>c(d?"button.entry.danger":"button.entry",{type:"button",onclick:n(m)},K(a),s)),o=J(l.messageActions,c("div.quick",{},...i),c("div.entries",{},...r));o.classList.add("sheet")}react(e,n){let{chat:i}=this.#e;if(!i||!e)return;let r=e.reactions.some(o=>o.emoji===n&&o.me);r||Ue.add(n),O(r?i.unreact(e.id,n):i.react(e.id,n))}#o(e){let{chat:n,client:i}=this.#e;if(!n)return[];let r=e.sender.id===i.me.id,o=n.object.myRole!=="member"||i.me.role!=="member",a=n.object.pinned.includes(e.id),s=[];return n.object.active&&(s.push({icon:"smile",label:l.addReaction,run:()=>Rn(d=>this.react(e,d))}),s.push({icon:"reply",label:l.reply,run:()=>this.#t.reply(e)})),s.push({icon:"copy",label:l.copyText,run:()=>{Qo(e.content,l.textCopied)}}),s.push({icon:"link",label:l.copyLink,run:()=>{Qo(Yo({chatId:e.chatId,messageId:e.id}),l.linkCopied)}}),o&&n.object.active&&s.push({icon:"pin",label:a?l.unpin:l.pin,run:()=>this.#a(e,a)}),r&&n.object.active&&s.push({icon:"edit",label:l.edit,run:()=>this.#t.edit(e)}),(r||o)&&s.push({icon:"trash",label:l.delete,danger:!0,run:()=>{this.#r(e)}}),s}#a(e,n){let{client:i}=this.#e,r={chatId:e.chatId,messageId:e.id};O(n?i.command({type:"UNPIN_MESSAGE",...r}):i.command({type:"PIN_MESSAGE",...r}))}async#r(e){let i=e.sender.id===this.#e.client.me.id?l.deleteOwnMessageText:l.deleteMessageText(D(e.sender.displayName));await Se({title:l.deleteMessageTitle,text:i,quote:de(e,200),action:l.delete})&&await O(this.#e.client.chat(e.chatId).delete(e.id))&&ae(l.messageWasDeleted)}};async function Qo(t,e){try{await navigator.clipboard.writeText(t),ae(e)}catch{ae(l.copyFailed)}}var jn=class{#e;#t;#n;#i=new Map;#o;constructor(e,n,i){this.#e=e,this.#t=n,this.#n=i}reset(){clearTimeout(this.#o),this.#i.clear()}look(){if(clearTimeout(this.#o),document.visibilityState!=="visible")return this.#i.clear();if(document.querySelector("dialog[open]"))return this.#a(1e3);let e=performance.now(),n=this.#r();for(let o of this.#i.keys())n.has(o)||this.#i.delete(o);for(let[o,a]of n)this.#i.has(o)||this.#i.set(o,{seq:a,since:e});let i=[...this.#i.values()].filter(({since:o})=>e-o>=1e3),r=[...this.#i.values()].filter(({since:o})=>e-o<1e3);r.length&&this.#a(Math.min(...r.map(({since:o})=>o))+1e3-e),i.length&&this.#n(Math.max(...i.map(({seq:o})=>o)))}#a(e){this.#o=setTimeout(()=>this.look(),Math.max(e,10))}#r(){let{top:e,bottom:n,height:i}=this.#e.getBoundingClientRect(),r=new Map;if(i===0)return r;let o=this.#t.querySelectorAll("article[data-id]");for(let a=yu(o,e);a<o.length;a++){let s=o[a];if(s.getBoundingClientRect().bottom>n+4)break;r.set(s.dataset.id,Number(s.dataset.seq))}return r}};function yu(t,e){let n=0,i=t.length;for(;n<i;){let r=n+i>>1;t[r].getBoundingClientRect().bottom<=e?n=r+1:i=r}return n}var wu=new Set(["","text","txt","plain","log","output"]),ku=new Set(["py","python","sh","bash","shell","zsh","console","yaml","yml","toml","rb","ruby","r","perl","dockerfile","make","makefile","ini","elixir"]),xu=new Set(["sql","lua","haskell","hs"]),vu=String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`+"`(?:\\\\.|[^`\\\\])*`",Eu=String.raw`\b(?:0x[\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\b`,Su=String.raw`[A-Za-z_$][\w$]*`,Tu=new Set(`abstract and as async await begin bool boolean break case catch char class const constexpr continue crate def default defer del delete do done
  double elif else elsif end enum except export extends extern false fi final finally float fn for foreach from func function global go goto if impl
  implements import in include instanceof int interface is lambda let local long loop match mod module move mut namespace new nil none None not null of
  or override package pass print private protected pub public raise readonly record ref return self Self short signed static struct super switch
  template then this throw throws trait true True False try type typeof typedef union unless unsafe unsigned until use using var virtual void volatile
  when where while with yield select SELECT FROM WHERE INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE INDEX JOIN LEFT INNER ON AND OR NOT NULL
  ORDER BY GROUP HAVING LIMIT AS PRIMARY KEY echo export fi esac sudo`.split(/\s+/));function Cu(t){return ku.has(t)?"#[^\\n]*":xu.has(t)?"--[^\\n]*":String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`}function Zo(t,e){let n=e.toLowerCase();if(wu.has(n))return[document.createTextNode(t)];let i=new RegExp(`(${Cu(n)})|(${vu})|(${Eu})|(${Su})`,"g"),r=[],o=0;for(let a of t.matchAll(i)){let[s,d,m,u,p]=a,f=d!==void 0?"comment":m!==void 0?"string":u!==void 0?"number":Tu.has(p)?"keyword":"";f&&(r.push(document.createTextNode(t.slice(o,a.index)),c(`span.${f}`,{},s)),o=a.index+s.length)}return r.push(document.createTextNode(t.slice(o))),r}var Mu=2e3;function Jo({lang:t,value:e}){let n=c("button.copy",{type:"button"},l.copy);return n.addEventListener("click",()=>{Au(e,n)}),c("figure.code",{dir:"ltr"},c("figcaption",{},c("span",{},t??""),n),c("pre",{tabindex:"0",role:"region","aria-label":t?`${l.code} (${t})`:l.code},c("code",{},...Zo(e,t??""))))}async function Au(t,e){try{await navigator.clipboard.writeText(t),e.textContent=l.copied}catch{e.textContent=l.copyFailed}setTimeout(()=>e.textContent=l.copy,Mu)}var Iu=/^(https?:|mailto:)/i,Lu=/(^|[^\w@/])(@[A-Za-z0-9_.-]{2,31}[A-Za-z0-9_-])/g,_i=(t,e)=>bt(t).children.map(n=>ot(n,e));function ot(t,e){let n=()=>"children"in t?t.children.map(i=>ot(i,e)):[];switch(t.type){case"text":return Pu(t.value,e);case"paragraph":return c("p",{dir:"auto"},...n());case"heading":return c("p.heading-text",{dir:"auto",role:"heading","aria-level":String(Math.min(t.depth+3,6))},...n());case"emphasis":return c("em",{},...n());case"strong":return c("strong",{},...n());case"delete":return c("s",{},...n());case"inlineCode":return c("code",{},t.value);case"break":return c("br");case"code":return Jo(t);case"blockquote":return c("blockquote",{dir:"auto"},...n());case"list":return t.ordered?c("ol",{start:t.start??1,dir:"auto"},...n()):c("ul",{dir:"auto"},...n());case"listItem":return Ru(t,e);case"thematicBreak":return c("hr");case"link":return Nu(t,n());case"table":return Du(t,e);default:return document.createTextNode("value"in t?String(t.value):"")}}function Ru(t,e){let n=t.children.flatMap(i=>i.type==="paragraph"&&!t.spread?i.children.map(r=>ot(r,e)):[ot(i,e)]);return c("li",{dir:"auto"},...n)}function Nu(t,e){if(!Iu.test(t.url))return c("span",{},...e);let n={href:t.url,target:"_blank",rel:"noopener noreferrer nofollow",title:t.url,dir:"auto"};return c("a",n,...e)}function Du(t,e){let[n,...i]=t.children,r=(o,a)=>(o?.children??[]).map((s,d)=>{let m=t.align?.[d]??void 0;return c(a,{dir:"auto",class:m?`align-${m}`:void 0},...s.children.map(u=>ot(u,e)))});return c("div.table",{tabindex:"0",role:"region","aria-label":l.table},c("table",{},c("thead",{},c("tr",{},...r(n,"th"))),c("tbody",{},...i.map(o=>c("tr",{},...r(o,"td"))))))}function Pu(t,{username:e}){let n=document.createDocumentFragment(),i=0;for(let r of t.matchAll(Lu)){let[o,a="",s=""]=r;n.append(t.slice(i,r.index)+a);let d=s.slice(1).toLowerCase(),m=d===e.toLowerCase()||d==="channel"||d==="here";n.append(c(m?"bdi.mention.own":"bdi.mention",{"data-mention":d},s)),i=r.index+o.length}return n.append(t.slice(i)),n}var qn=class{element=c("div.content");#e;#t="";#n=0;#i=0;constructor(e){this.#e=e}update(e){if(e.startsWith(this.#t.slice(0,this.#n))||this.#a(),e===this.#t)return;this.#t=e;let n=bt(e.slice(this.#n)).children;for(;this.element.childNodes.length>this.#i;)this.element.lastChild.remove();this.element.append(...n.map(i=>ot(i,this.#e))),this.#o(n)}#o(e){let n=e.at(-1),i=e.at(-2);if(!n||!i||ho(i)>=Pi(n))return;this.#i=this.element.childNodes.length-1;let r=this.#n+Pi(n);this.#n=this.#t.lastIndexOf(`
`,r-1)+1}#a(){this.element.replaceChildren(),this.#t="",this.#n=0,this.#i=0}};var Xo=new WeakMap;function ea(t,e){let{sender:n,createdAt:i,deletedAt:r}=t,a=["message",n.id===e.me.id&&"own",e.grouped&&"grouped",r&&"deleted",e.streaming&&"streaming",`from-${t.role}`],s=e.grouped?na(i,"aside"):ia(t,"face",ke(n)),d=l.messageLabel(D(n.displayName),qt(i)),m=c(`article.${a.filter(Boolean).join(".")}`,{"data-id":t.id,"data-seq":t.seq,tabindex:"-1","aria-label":d},s),u=c("div.body",{},!e.grouped&&Ou(t),ju(t,e),zu(t,e,m),...qu(t),Fu(t));return m.append(u,..._u(t,e)),m}function ta(t,e){let n=Xo.get(t);return n?.update(e.content),n!==void 0}var na=(t,e)=>c(`time.${e}`,{datetime:t,title:Ne(t)},qt(t));function ia(t,e,...n){return c(`button.${e}`,{type:"button","data-user":t.sender.id,tabindex:"-1","aria-hidden":e==="face"?"true":void 0},...n)}function Ou(t){let{sender:e,createdAt:n}=t;return c("header",{},ia(t,"sender",F(e.displayName)),e.kind==="bot"&&c("span.bot",{},l.bot),na(n,"at"))}function zu(t,e,n){if(t.deletedAt)return c("div.content",{},c("p",{},l.messageDeleted));if(!e.streaming)return c("div.content",{},..._i(t.content,e.me));let i=new qn(e.me);return i.update(t.content),Xo.set(n,i),i.element}function _u(t,e){let{sender:n,editedAt:i,deletedAt:r}=t;if(e.streaming)return[c("div.marks",{},c("button.stop",{type:"button","data-stop":""},l.stop))];let o=n.id===e.me.id&&!r;if(!o&&!e.pinned&&(!i||r))return[];let a={title:e.seen?l.readByAll:l.sent,role:"img","aria-label":e.seen?l.readByAll:l.sent};return[c("div.marks",{},e.pinned&&c("span.pinned",{title:l.pinned,role:"img","aria-label":l.pinned},K("pin")),i&&!r&&c("span.edited",{title:Ne(i)},l.edited),o&&c(e.seen?"span.tick.seen":"span.tick",a,e.seen?"✓✓":"✓"))]}function ju(t,e){if(e.quoted===void 0||t.deletedAt)return null;let n=e.quoted?l.says(D(e.quoted.sender.displayName),D(e.quoted.deletedAt?l.messageDeleted:de(e.quoted))):l.earlierMessage;return c("button.quote",{type:"button","data-quote":t.replyTo,"aria-label":l.inReplyTo(n)},Q(n))}function qu(t){return t.attachments.filter(({url:e})=>/^(https?:\/\/|\/)/.test(e)).map(({url:e,name:n,size:i,mimeType:r})=>c("a.attachment",{href:e,target:"_blank",rel:"noopener noreferrer nofollow",download:e.startsWith("/")?n:void 0},K("clip"),c("span",{},F(n),c("small",{},F(r),i?` · ${Ao(i)}`:""))))}function Fu(t){if(t.reactions.length===0||t.deletedAt)return null;let e=({emoji:n,count:i,me:r})=>c(r?"button.reaction.mine":"button.reaction",{type:"button","data-emoji":n,"aria-pressed":String(!!r),"aria-label":l.reaction(n,i)},c("span",{},n)," ",c("span",{},Te(i)));return c("div.reactions",{},...t.reactions.map(e))}function ra({id:t,error:e,message:n},i,r){let o=e&&c("div.refused",{role:"alert"},c("p",{},ce(e)),B(l.tryAgain,r.retry),B(l.edit,r.edit),B(l.discard,r.discard)),a=!e&&c("div.marks",{},c("span.tick",{role:"img","aria-label":l.waitingToBeSent,title:l.waitingToBeSent},K("clock"))),s=c("div.content",{},..._i(n.content??"",i));return c("article.message.own.pending",{"data-pending":t,tabindex:"-1"},c("span.face",{},ke(i)),c("div.body",{},c("header",{},c("span.sender",{},F(i.displayName))),s,o),a)}var Fn=class{#e=0;#t=1/0;get isAtEnd(){return this.#t===1/0}showEnd(){this.#e=0,this.#t=1/0}showAround(e,n){let i=e.findIndex(r=>r.id===n);i<0||(this.#e=e[Math.max(0,i-100)].seq,this.#t=e[i+200]?.seq??1/0)}range(e,n){let i=this.isAtEnd?e.length:oa(e,this.#t+1),r=oa(e,this.#e),o=this.#e===0||n?400:1/0;return{start:Math.max(r,i-o),end:i}}moveUp(e,n){let{start:i,end:r}=this.range(e,n);if(i===0)return!1;let o=Math.max(0,i-100);return this.#n(e,o,Math.min(r,o+400)),!0}moveDown(e){let{start:n,end:i}=this.range(e,!1);return i===e.length?(this.#t=1/0,!1):(this.#n(e,Math.max(n,i+100-400),Math.min(e.length,i+100)),!0)}#n(e,n,i){this.#e=e[n].seq,this.#t=i===e.length?1/0:e[i-1].seq}};function oa(t,e){let n=0,i=t.length;for(;n<i;){let r=n+i>>1;t[r].seq<e?n=r+1:i=r}return n}var aa=60,sa=200,Hu=100,Bu=80,Uu=3e5,$u=2e3,la=.2,ca=new WeakMap;function kt(t){let e=ca.get(t);if(!e){let n=new Date(t.createdAt);e={ms:n.getTime(),day:n.toDateString()},ca.set(t,e)}return e}var Hn=class{list=c("div.messages",{role:"log","aria-label":l.messages,"aria-live":"off",tabindex:"0"});element=c("div.scroller",{},this.list);#e;#t;#n;#i=new Fn;#o;#a=new Map;#r;#l=!1;#s=!1;#c=0;#u=!0;constructor(e,n,i){this.#e=e,this.#n=n,this.#t=i,this.#o=new jn(this.element,this.list,r=>this.#C(r)),this.element.addEventListener("scroll",()=>this.#k(),{passive:!0}),new ResizeObserver(()=>this.#u&&this.#p()).observe(this.element),document.addEventListener("visibilitychange",()=>this.#o.look())}get atEnd(){return this.#u}async open(e,n){this.#r=e,this.#a.clear(),this.list.replaceChildren(),this.#o.reset(),this.#i.showEnd(),this.#c=0,this.#u=!0,this.#s=e!==void 0,this.draw(),e&&(n!==void 0?await this.#m(e,()=>e.message(n)!==void 0):await this.#m(e,()=>e.room.from<=(e.object.readSeq??0)+1||!e.object.unreadCount),this.#r===e&&(this.#s=!1,this.#c=this.#h(e)?.seq??0,n!==void 0&&e.message(n)?this.#f(n):this.#b(e)))}draw(){let e=this.#r;if(!e||!this.#d(e))return;this.#g(e);let n=this.#S(),i=n?.getBoundingClientRect().top??0;this.#y(e),this.#u?this.#p():n?.isConnected&&(this.element.scrollTop+=n.getBoundingClientRect().top-i),this.#o.look(),this.#t.moved()}async reveal(e){let n=this.#r;return!n||(await this.#m(n,()=>n.message(e)!==void 0),this.#r!==n||!n.message(e))?!1:(this.#f(e),!0)}toEnd(){let e=this.#i.isAtEnd;this.#i.showEnd(),this.#u=!0,e||this.draw(),this.element.scrollTop=this.element.scrollHeight,this.#t.moved()}rowOf(e){return e instanceof Element?e.closest("article[data-id]"):null}focusNext(e,n){let i=[...this.list.querySelectorAll("article[data-id]")],r=this.rowOf(e),o=i[(r?i.indexOf(r):i.length)+n];return o?.focus(),o!==void 0}#d=e=>this.#e.client.state.rooms.has(e.id);async#m(e,n){let i=r=>e.older(r).catch(()=>!1);e.messages.length<aa&&await i(aa);for(let r=0;r<Hu&&this.#r===e&&this.#d(e)&&!n()&&await i(sa);r++);this.#d(e)&&e.members().catch(()=>{})}#h(e){if(!e.object.unreadCount)return;let n=e.object.readSeq??0,i=this.#e.client.me.id;return e.messages.find(({seq:r,sender:o,deletedAt:a})=>r>n&&o.id!==i&&!a)}#g(e){let n=!this.#u||document.visibilityState==="hidden";this.#s||!n||this.#c>(e.object.readSeq??0)||(this.#c=this.#h(e)?.seq??this.#c)}#b(e){let n=e.messages.find(({seq:r})=>r===this.#c);n&&this.#i.showAround(e.messages,n.id),this.#u=!n,this.draw();let i=this.#a.get("unread")?.element;i&&(this.element.scrollTop=i.offsetTop-this.element.clientHeight*la),this.#k()}#f(e){let n=this.#r;this.#u=!1,this.#i.showAround(n.messages,e),this.draw();let i=this.#a.get(e)?.element;i?.scrollIntoView({block:"center"}),i?.classList.add("highlighted"),i?.focus({preventScroll:!0}),setTimeout(()=>i?.classList.remove("highlighted"),$u),this.#k()}#p(){let e=this.#a.get("unread")?.element,n=this.#c>(this.#r?.object.readSeq??0)&&(this.#r?.object.unreadCount??0)>0,i=e&&n?e.offsetTop-this.element.clientHeight*la:1/0;this.element.scrollTop=Math.min(this.element.scrollHeight,i)}#y(e){let{room:n}=e,i=new Map,r=(h,v,M,T)=>{let k=this.#a.get(h),L=k&&k.inputs.length===v.length&&k.inputs.every((R,j)=>R===v[j]),S=k&&(L||T?.(k.element))?k.element:M();i.set(h,{element:S,inputs:v})},{start:o,end:a}=this.#i.range(n.messages,this.#u),s=a===n.messages.length;this.#s&&n.messages.length===0?r("skeleton",[],Wu):n.from<=1&&o===0&&r("beginning",[e.name],()=>c("p.beginning",{},Q(l.beginning)));let d=n.messages[o-1],m=this.#n.of(e.id),u=m.findIndex(({seq:h})=>h>(d?.seq??0)),p=h=>{for(;u>=0&&u<m.length&&m[u].seq<h;u++){let v=m[u];r(`notice ${v.seq}`,[],()=>Gu(v))}},f=this.#x(e);for(let h of[...n.messages.slice(o,a),...s?n.streams.values():[]]){p(h.seq||1/0);let{day:v}=kt(h);(!d||kt(d).day!==v)&&r(`day ${v}`,[],()=>c("h3.day",{},c("span",{},Mo(h.createdAt)))),h.seq>0&&h.seq===this.#c&&r("unread",[],()=>c("div.unread-line",{role:"separator","aria-label":l.newMessages},c("span",{},l.newMessages)));let M=this.#w(e,h,d,f),T=M.streaming?k=>ta(k,h):void 0;r(h.id,[h,M.grouped,M.seen,M.pinned,M.quoted,M.me.id],()=>ea(h,M),T),d=h}s&&p(1/0);for(let h of s?e.pending:[])r(h.id,[h,h.error],()=>this.#v(h));this.#a=i,Sn(this.list,[...i.values()].map(({element:h})=>h))}#w(e,n,i,r){let{room:o}=e,{me:a}=this.#e.client,s=i!==void 0&&kt(n).ms-kt(i).ms<Uu&&kt(i).day===kt(n).day,d=n.seq>0&&n.seq===this.#c;return{me:a,grouped:s&&!d&&i.sender.id===n.sender.id&&!n.replyTo,seen:n.sender.id===a.id&&n.seq>0&&n.seq<=r,streaming:o.streams.has(n.id),pinned:e.object.pinned.includes(n.id),quoted:n.replyTo?e.message(n.replyTo)??null:void 0}}#x(e){let{members:n,readByAllSeq:i}=e.room,r=[...n?.values()??[]].filter(({user:o})=>o.id!==this.#e.client.me.id);return r.length?Math.max(i,Math.min(...r.map(({readSeq:o})=>o))):i}#v(e){let{client:n}=this.#e;return ra(e,n.me,{retry:()=>n.outbox.retry(e.id),edit:()=>this.#t.takeBack(e),discard:()=>n.outbox.drop(e.id)})}#S(){let{top:e}=this.element.getBoundingClientRect();return[...this.list.querySelectorAll("article")].find(n=>n.getBoundingClientRect().bottom>e)}#k(){let e=this.#r;if(!e||this.#s)return;let{scrollTop:n,scrollHeight:i,clientHeight:r}=this.element;if(r===0)return;let o=i-n-r;this.#u=o<Bu&&this.#i.isAtEnd,o<r&&this.#i.moveDown(e.messages)&&this.draw(),n<r&&this.#E(e),this.#o.look(),this.#t.moved()}async#E(e){if(!this.#l){if(this.#i.moveUp(e.messages,this.#u))return this.draw();e.room.from<=1||(this.#l=!0,await e.older(sa).catch(()=>!1),this.#l=!1,this.#r===e&&(this.#i.moveUp(e.messages,this.#u),this.draw(),this.element.clientHeight>0&&this.element.scrollTop<this.element.clientHeight&&this.#E(e)))}}#C(e){let n=this.#r;!n||!this.#d(n)||!n.object.unreadCount||e<=(n.object.readSeq??0)||n.read(e).catch(()=>{})}};function Wu(){let t=e=>c(`span.bone.width-${e}`);return c("div.skeleton",{"aria-busy":"true","aria-label":l.loading},...[3,5,2,4,5,3].map(e=>c("div",{},c("span.bone.disc"),c("div",{},t(1),t(e)))))}function Gu(t){return c("p.notice",{},Q(t.text)," ",c("time",{datetime:t.at},qt(t.at)))}var Bn=class{element;timeline;#e;#t;#n;#i;#o;#a=c("div.typing");#r=c("span.badge",{hidden:!0});#l=c("button.jump",{type:"button",hidden:!0,onclick:()=>this.timeline.toEnd()},K("down"),this.#r);#s;#c=c("button.return",{type:"button",hidden:!0,onclick:()=>this.#f()},K("reply"),l.backToReply);constructor(e,n,i,r){this.#e=e,this.#t=n,this.#n=new _n(e,n),this.#i=new On(e,r.back),this.#o=new Pn(e,r.back),this.timeline=new Hn(e,i,{moved:()=>this.#y(),takeBack:a=>this.#w(a.id)}),n.onEditLast=()=>this.#x(),n.onSent=()=>this.timeline.toEnd(),this.#u();let o=c("div.stage",{},this.timeline.element,this.#c,this.#l);this.element=c("section.conversation",{},this.#i.element,o,this.#a,n.element,this.#o.element)}get showsChat(){return!this.element.classList.contains("closed")}open(e){let{chat:n}=this.#e;this.element.classList.toggle("closed",!n),this.#n.hide(),this.#p(void 0),this.#t.open(n),this.timeline.open(n,e.messageId),this.#o.open(n?"":e.chatId),this.draw(),n&&window.matchMedia("(hover: hover)").matches&&this.#t.focus()}draw(){let{chat:e}=this.#e;if(this.element.classList.toggle("closed",!e),!e)return this.#o.draw();this.#i.draw(e),this.#t.draw(e);let n=e.typingUsers.map(({displayName:i})=>D(i));this.#a.replaceChildren(Q(n.length?l.typing(To(n),n.length):"")),this.timeline.draw()}async show(e){await this.timeline.reveal(e)}#u(){let{list:e}=this.timeline,n=i=>this.#m(i.target);e.addEventListener("mouseover",n),e.addEventListener("focusin",n),e.addEventListener("keydown",i=>this.#v(i)),e.addEventListener("click",i=>this.#h(i))}#d(e){return e?this.#e.chat?.message(e.dataset.id):void 0}#m(e){if(!window.matchMedia("(hover: hover)").matches)return;let n=this.timeline.rowOf(e),i=this.#d(n);n&&i&&!i.deletedAt&&this.#n.showToolbar(n,i)}#h(e){let{chat:n}=this.#e,i=e.target,r=this.timeline.rowOf(i);if(!n||!r)return;let o=i.closest("[data-quote], [data-emoji], [data-stop], [data-user], [data-mention]"),{quote:a,emoji:s,stop:d,user:m,mention:u}=o?.dataset??{};a?this.#b(a,r.dataset.id):s?this.#n.react(n.message(r.dataset.id),s):d!==void 0?this.#e.client.command({type:"STOP_STREAM",chatId:n.id,messageId:r.dataset.id}).catch(()=>{}):m?Ut(this.#e,m):u?Uo(this.#e,n,u):i.closest("a, button, pre")||this.#g(r)}#g(e){let n=this.#d(e),i=!(getSelection()?.isCollapsed??!0);!window.matchMedia("(hover: hover)").matches&&n&&!n.deletedAt&&!i&&this.#n.showSheet(n)}async#b(e,n){await this.timeline.reveal(e)&&this.#p(n)}#f(){let e=this.#s;this.#p(void 0),e!==void 0&&this.timeline.reveal(e)}#p(e){this.#s=e,this.#c.hidden=e===void 0}#y(){let e=this.#e.chat?.object.unreadCount??0;this.#l.hidden=this.timeline.atEnd;let n=e>0?l.jumpToNewestUnread(e):l.jumpToNewest;this.#l.setAttribute("aria-label",n),this.#l.title=n,this.#r.hidden=e===0,this.#r.textContent=Te(e)}#w(e){let{chat:n,client:i}=this.#e,r=n?.pending.find(o=>o.id===e);r&&(i.outbox.drop(e),this.#t.restore(r.message.content??""))}#x(){let{chat:e,client:n}=this.#e,i=e?.messages.findLast(({sender:r,deletedAt:o})=>r.id===n.me.id&&!o);i&&this.#t.edit(i)}#v(e){e.key==="Escape"?(this.#t.focus(),e.preventDefault()):e.key==="ArrowUp"||e.key==="ArrowDown"?this.timeline.focusNext(e.target,e.key==="ArrowUp"?-1:1)&&e.preventDefault():e.key==="End"&&e.target===this.timeline.list&&this.timeline.toEnd()}};var Vu=["logIn","signUp","token"],Yu="[A-Za-z0-9_.\\-]{3,32}",Ku=8;function ua(t,e){let n=c("div.card",{}),i=r=>{let o=Vu.map(a=>c("button",{type:"button",role:"tab","aria-selected":String(a===r),onclick:()=>i(a)},l.logInTabs[a]));n.replaceChildren(c("h1",{},"PiChat"),c("div.tabs",{role:"tablist"},...o),Zu(r,e)),n.querySelector("input")?.focus()};t.replaceChildren(c("main.entrance",{},n)),i("logIn")}var Qu={logIn(){let t=V(l.usernameOrEmail,{name:"username",required:!0,autocomplete:"username",autocapitalize:"none",spellcheck:"false",dir:"ltr"}),e=Qe(l.password,{name:"password",autocomplete:"current-password"}),n=()=>{let i=t.input.value.trim();return{login:{...i.includes("@")?{email:i}:{username:i},password:e.input.value}}};return{fields:[t.element,e.element],credentials:n}},signUp(){let t={required:!0,minlength:3,maxlength:32,pattern:Yu,title:l.usernameRules},e=V(l.username,{name:"username",autocomplete:"username",autocapitalize:"none",spellcheck:"false",dir:"ltr",...t},l.usernameRules),n=V(l.displayNameOptional,{name:"displayName",autocomplete:"name",maxlength:80},l.displayNameHint),i=Qe(l.password,{name:"password",minlength:Ku,autocomplete:"new-password"},l.passwordRules),r=()=>({signUp:{username:e.input.value.trim(),password:i.input.value,displayName:n.input.value.trim()||void 0}});return{fields:[e.element,n.element,i.element],credentials:r}},token(){let t=V(l.tokenLabel,{name:"token",type:"password",required:!0,dir:"ltr"},l.tokenHint),e=()=>(Xe.save({accessToken:t.input.value.trim()}),{});return{fields:[t.element],credentials:e}}};function Zu(t,e){let{fields:n,credentials:i}=Qu[t](),r=c("p.problem",{role:"alert"}),o=c("button.primary",{type:"submit"},l.logInButtons[t]);return c("form",{onsubmit:async s=>{s.preventDefault(),o.disabled=!0,r.textContent="";try{await e(i())}catch(d){Xe.save(void 0),r.textContent=ce(d)}o.disabled=!1}},...n,r,o)}var Ju=200,Un=class{#e;#t=new Map;#n=new Map;constructor(e){this.#e=e,e.on("MEMBERS_ADDED",n=>this.#i(n)),e.on("MEMBERS_REMOVED",n=>this.#o(n)),e.on("MEMBER_BANNED",n=>this.#s(n,l.notices.banned(this.#l(n.by),this.#l(n.userId)))),e.on("MEMBER_UPDATED",n=>this.#s(n,l.notices.role(this.#l(n.by),this.#l(n.userId),l.roles[n.role]))),e.on("MESSAGE_PINNED",n=>this.#s(n,l.notices.pinned(this.#l(n.by)))),e.on("MESSAGE_UNPINNED",n=>this.#s(n,l.notices.unpinned(this.#l(n.by)))),e.on("CHAT_UPDATED",n=>this.#a(n)),e.on("change",()=>this.#r())}of(e){return this.#t.get(e)??[]}#i(e){let n=e.members.map(({user:r})=>D(r.displayName)),i=e.members.length===1&&e.members[0].user.id===e.by;this.#s(e,i?l.notices.joined(n[0]):l.notices.added(this.#l(e.by),n))}#o(e){let n=e.userIds.length===1&&e.userIds[0]===e.by,i=e.userIds.map(r=>this.#l(r));this.#s(e,n?l.notices.left(i[0]):l.notices.removed(this.#l(e.by),i))}#a(e){let n=this.#l(e.by),{name:i,active:r}=e.chat;this.#n.get(e.chatId)!==void 0&&this.#n.get(e.chatId)!==i?this.#s(e,l.notices.renamed(n,D(i))):this.#s(e,r?l.notices.changed(n):l.notices.archived(n))}#r(){for(let[e,{chat:n}]of this.#e.state.rooms)this.#n.set(e,n.name)}#l(e){let n=this.#e.state.users.get(e)??(e===this.#e.state.me?.id?this.#e.state.me:void 0);return D(n?.displayName??l.someone)}#s({chatId:e,seq:n,duplicate:i},r){if(i)return;let o=this.#t.get(e)??[];o.push({seq:n,at:new Date().toISOString(),text:r}),o.length>Ju&&o.shift(),this.#t.set(e,o)}};function da(){let t=l.shortcuts.map(([e,n])=>c("div",{},c("dt",{},...e.split(" ").map(i=>c("kbd",{},i))),c("dd",{},n)));J(l.keyboardShortcuts,c("dl.shortcuts",{},...t))}var Xu=`${location.protocol==="https:"?"wss":"ws"}://${location.host}/ws`,ed="(min-width: 48rem)";function ma(t){let e=Xe.load();e?.accessToken||e?.refreshToken?new $n(t,{}).show():ua(t,n=>new $n(t,n).entered)}var $n=class{client;entered;#e;#t;#n;#i;#o;#a;#r;#l=!1;#s=!1;constructor(e,n){this.#e=e,this.client=new At({url:Xu,...n,session:Xe,outbox:yr}),this.#t=new zn(i=>this.#u(i)),this.#r=this.#t.route,this.#o=new vn(()=>this.client.wake()),this.#n=new Ln(this),this.#i=new Bn(this,new Dn(this),new Un(this.client),{back:()=>this.#t.toList()}),new Tn(this),this.#a=c("div.layout",{},this.#o.element,this.#n.element,c("main",{},this.#i.element),new xn(this).element),this.client.on("status",i=>this.#h(i)),this.client.on("change",i=>this.#m(i)),this.client.on("problem",i=>ae(ce(i))),this.client.on("SETTINGS",({settings:i})=>kr(i.theme)&&ze.set(i.theme)),this.entered=this.client.start(),this.entered.then(()=>this.#d(),()=>{})}get chat(){let{chatId:e}=this.#r;return this.client.state.rooms.has(e)?this.client.chat(e):void 0}show(){this.#l||(this.#l=!0,this.#e.replaceChildren(this.#a),this.#a.classList.toggle("open",this.#r.chatId!==""),this.#n.draw(),document.addEventListener("keydown",e=>this.#b(e)),document.addEventListener("visibilitychange",()=>document.visibilityState==="visible"&&this.#g()),window.addEventListener("online",()=>this.client.wake()))}open(e){this.#t.go({chatId:e})}showMessage({chatId:e,id:n}){e===this.#r.chatId&&this.chat?this.#i.show(n):this.#t.go({chatId:e,messageId:n})}async logOut(e){await this.client.logOut(e).catch(()=>this.client.close()),this.#c()}#c(){wr(),history.replaceState(null,"",location.pathname),location.reload()}#u(e){this.#r=e,this.#a.classList.toggle("open",e.chatId!==""),this.#s&&(this.#i.open(e),this.#n.draw())}#d(){this.#s=!0,this.show(),this.client.command({type:"GET_SETTINGS"}).catch(()=>{}),this.#n.loaded();let[e]=Ke(this);!this.#r.chatId&&e&&window.matchMedia(ed).matches?this.#t.go({chatId:e.id},{replace:!0}):this.#u(this.#r)}#m(e){if(!this.#l||!this.#s)return;let{chatId:n}=this.#r;this.#n.draw();let i=this.chat!==void 0;n&&i!==this.#i.showsChat&&this.client.status.phase==="online"?this.#i.open(this.#r):(e.has(n)||e.has(""))&&this.#i.draw();let r=this.client.chats.reduce((o,{object:a})=>o+(a.muted?a.mentionCount??0:a.unreadCount??0),0);document.title=r>0?`(${r}) PiChat`:"PiChat"}#h(e){this.#o.show(e),e.phase==="closed"&&this.#l&&e.reason instanceof be&&this.#c()}#g(){this.client.wake(),this.#s&&this.#i.draw()}#b(e){if(!this.#s)return;let n=e.ctrlKey||e.metaKey;if(n&&e.key.toLowerCase()==="k")xo(this);else if(n&&e.key==="/")da();else if(e.altKey&&(e.key==="ArrowUp"||e.key==="ArrowDown"))this.#f(e.key==="ArrowUp"?-1:1);else return;e.preventDefault()}#f(e){let n=Ke(this),i=n.findIndex(({id:o})=>o===this.#r.chatId)+e,r=n[Math.min(Math.max(i,0),n.length-1)];r&&this.open(r.id)}};ze.apply();vr();ma(document.querySelector("#app"));})();
